; The installer. makensis gets: VERSION, NUMBERS (1.2.3.0), PROGRAM (folder), OUT (file), ICON, SIZE_KB, COMPRESSOR.
; Silent: setup.exe /S [/CurrentUser | /AllUsers] [/AUTOSTART=0|1] [/SERVICE=0|1] [/DICOMPORT=n] [/D=folder]
; Removal: uninstall.exe /S [/PURGE] keeps the data folder unless /PURGE.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
SetCompressor ${COMPRESSOR}
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WordFunc.nsh

!define NAME "hbgz_desktop"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_INSTALLMODE_INSTDIR "${NAME}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "UninstallString"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_USE_PROGRAMFILES64
!include MultiUser.nsh

Name "$(APP)"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 ProductName "${NAME}"
VIAddVersionKey /LANG=2052 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=2052 FileVersion "${VERSION}"
VIAddVersionKey /LANG=2052 FileDescription "${NAME}"
VIAddVersionKey /LANG=2052 LegalCopyright "Apache-2.0"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\hbgz_desktop.exe"

!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

LangString APP 2052 "互认前置台"
LangString APP 1033 "Recognition front desk"
LangString OLDER 2052 "已经装了更新的版本 $0，这个安装包是 ${VERSION}。不能装回旧版本：旧程序读不了新版本的数据。"
LangString OLDER 1033 "Version $0 is installed and newer than this ${VERSION}. Going back is refused: the older program cannot read the newer data."
LangString BUSY 2052 "正在运行的程序停不下来，没有改动任何文件。请关闭它以后再装。"
LangString BUSY 1033 "The running program could not be stopped; nothing was changed. Close it and install again."
LangString BROKEN 2052 "新文件没有装完整，已经恢复原来的版本。"
LangString BROKEN 1033 "The new files could not be put in place; the former version was restored."
LangString PURGE 2052 "也删除数据（收到的图像、记录、队列、设置）吗？删除后不能恢复。"
LangString PURGE 1033 "Delete the data too (images, records, queue, settings)? This cannot be undone."

Var Data
Var Autostart
Var Service
Var Port
Var Stopped

!macro DataFolder
  ${If} $MultiUser.InstallMode == "AllUsers"
    SetShellVarContext all
    ReadEnvStr $Data PROGRAMDATA
    StrCpy $Data "$Data\${NAME}"
  ${Else}
    SetShellVarContext current
    StrCpy $Data "$LOCALAPPDATA\${NAME}"
  ${EndIf}
!macroend

; Ask the engine and the console of this installation to end; what does not end in 20 s is ended.
!macro StopProgram un
Function ${un}StopProgram
  StrCpy $Stopped "1"
  IfFileExists "$INSTDIR\hbgz.exe" 0 done
  nsExec::Exec '"$SYSDIR\sc.exe" stop hbgz_engine'
  Pop $0
  nsExec::Exec '"$INSTDIR\hbgz.exe" --data "$Data" stop'
  Pop $0
  StrCpy $1 0
  again:
    nsExec::Exec '"$SYSDIR\taskkill.exe" /IM hbgz_desktop.exe'
    Pop $0
    ClearErrors
    FileOpen $2 "$INSTDIR\python\python311.dll" a     ; refused while any process of ours has it loaded
    IfErrors 0 free
    IntOp $1 $1 + 1
    Sleep 500
    IntCmp $1 40 force again force
  force:
    nsExec::Exec '"$SYSDIR\taskkill.exe" /F /T /IM hbgz_desktop.exe'
    Pop $0
    nsExec::Exec '"$SYSDIR\taskkill.exe" /F /T /IM hbgz.exe'
    Pop $0
    Sleep 1000
    ClearErrors
    FileOpen $2 "$INSTDIR\python\python311.dll" a     ; refused while any process of ours has it loaded
    IfErrors 0 free
    StrCpy $Stopped "0"
    Goto done
  free:
    FileClose $2
  done:
FunctionEnd
!macroend
!insertmacro StopProgram ""
!insertmacro StopProgram "un."

Function .onInit
  !insertmacro MULTIUSER_INIT
  ${GetParameters} $R0
  StrCpy $Autostart "1"
  StrCpy $Service "0"
  StrCpy $Port ""
  ClearErrors
  ${GetOptions} $R0 "/AUTOSTART=" $0
  ${IfNot} ${Errors}
    StrCpy $Autostart $0
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/SERVICE=" $0
  ${IfNot} ${Errors}
    StrCpy $Service $0
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/DICOMPORT=" $0
  ${IfNot} ${Errors}
    StrCpy $Port $0
  ${EndIf}
  ClearErrors
  SetRegView 64
  ReadRegStr $0 SHCTX "${KEY}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      MessageBox MB_OK|MB_ICONSTOP "$(OLDER)" /SD IDOK
      SetErrorLevel 4
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Section "program"
  ClearErrors
  SetRegView 64
  !insertmacro DataFolder
  Call StopProgram
  ${If} $Stopped == "0"
    MessageBox MB_OK|MB_ICONSTOP "$(BUSY)" /SD IDOK
    SetErrorLevel 5
    Abort "$(BUSY)"
  ${EndIf}
  ; the new files come to stand beside the old ones; only when all are there do the two change places
  RMDir /r "$INSTDIR\new"
  ClearErrors
  SetOutPath "$INSTDIR\new"
  File /r "${PROGRAM}/*.*"
  ${If} ${Errors}
    RMDir /r "$INSTDIR\new"
    MessageBox MB_OK|MB_ICONSTOP "$(BROKEN)" /SD IDOK
    SetErrorLevel 6
    Abort "$(BROKEN)"
  ${EndIf}
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\old"
  CreateDirectory "$INSTDIR\old"
  !macro MoveAway what
    IfFileExists "$INSTDIR\${what}" 0 +2
    Rename "$INSTDIR\${what}" "$INSTDIR\old\${what}"
  !macroend
  !macro MoveIn what
    Rename "$INSTDIR\new\${what}" "$INSTDIR\${what}"
  !macroend
  !macro MoveBack what
    RMDir /r "$INSTDIR\${what}"
    Delete "$INSTDIR\${what}"
    Rename "$INSTDIR\old\${what}" "$INSTDIR\${what}"
  !macroend
  !macro ForAll do
    !insertmacro ${do} "app"
    !insertmacro ${do} "lib"
    !insertmacro ${do} "python"
    !insertmacro ${do} "licences"
    !insertmacro ${do} "hbgz_desktop.exe"
    !insertmacro ${do} "hbgz.exe"
    !insertmacro ${do} "hbgz_service.exe"
    !insertmacro ${do} "bill-of-materials.json"
    !insertmacro ${do} "LICENSE"
    !insertmacro ${do} "CHANGELOG.md"
  !macroend
  ClearErrors
  !insertmacro ForAll MoveAway
  ${IfNot} ${Errors}
    !insertmacro ForAll MoveIn
  ${EndIf}
  ${If} ${Errors}
    !insertmacro ForAll MoveBack
    RMDir /r "$INSTDIR\new"
    MessageBox MB_OK|MB_ICONSTOP "$(BROKEN)" /SD IDOK
    SetErrorLevel 6
    Abort "$(BROKEN)"
  ${EndIf}
  RMDir /r "$INSTDIR\new"
  RMDir /r /REBOOTOK "$INSTDIR\old"

  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr SHCTX "${KEY}" "DisplayName" "$(APP)"
  WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\hbgz_desktop.exe"
  WriteRegStr SHCTX "${KEY}" "Publisher" "${NAME}"
  WriteRegStr SHCTX "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S /$MultiUser.InstallMode'
  WriteRegDWORD SHCTX "${KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD SHCTX "${KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${KEY}" "NoRepair" 1
  CreateShortCut "$SMPROGRAMS\$(APP).lnk" "$INSTDIR\hbgz_desktop.exe"
  CreateShortCut "$DESKTOP\$(APP).lnk" "$INSTDIR\hbgz_desktop.exe"
  ; hbgz:// fills the form of 共享调阅 (DESIGN 11: one argument after --)
  WriteRegStr SHCTX "Software\Classes\hbgz" "" "URL:hbgz"
  WriteRegStr SHCTX "Software\Classes\hbgz" "URL Protocol" ""
  WriteRegStr SHCTX "Software\Classes\hbgz\shell\open\command" "" '"$INSTDIR\hbgz_desktop.exe" share -- "%1"'
  ${If} $Autostart == "1"
  ${AndIf} $Service != "1"
    WriteRegStr SHCTX "${RUN}" "${NAME}" '"$INSTDIR\hbgz_desktop.exe"'
  ${Else}
    DeleteRegValue SHCTX "${RUN}" "${NAME}"
  ${EndIf}
  ${If} $Port != ""
    nsExec::Exec '"$INSTDIR\hbgz.exe" --data "$Data" config set dicom.port $Port'
    Pop $0
  ${EndIf}
  ${If} $MultiUser.InstallMode == "AllUsers"
    Call PerMachine
  ${EndIf}
SectionEnd

Function PerMachine
  StrCpy $0 $Port
  ${If} $0 == ""
    StrCpy $0 "11112"
  ${EndIf}
  nsExec::Exec '"$SYSDIR\netsh.exe" advfirewall firewall delete rule name="${NAME}"'
  Pop $1
  nsExec::Exec '"$SYSDIR\netsh.exe" advfirewall firewall add rule name="${NAME}" dir=in action=allow protocol=TCP localport=$0 program="$INSTDIR\hbgz_desktop.exe" profile=domain,private'
  Pop $1
  ${If} $Service == "1"
    CreateDirectory "$Data"
    nsExec::Exec '"$SYSDIR\sc.exe" create hbgz_engine binPath= "\"$INSTDIR\hbgz_service.exe\" \"$Data\"" start= auto DisplayName= "hbgz engine"'
    Pop $1
    nsExec::Exec '"$SYSDIR\sc.exe" failure hbgz_engine reset= 86400 actions= restart/5000/restart/15000/restart/60000'
    Pop $1
    nsExec::Exec '"$SYSDIR\sc.exe" start hbgz_engine'
    Pop $1
  ${EndIf}
FunctionEnd

Function un.onInit
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

Section "un.program"
  SetRegView 64
  !insertmacro DataFolder
  Call un.StopProgram
  nsExec::Exec '"$SYSDIR\sc.exe" delete hbgz_engine'
  Pop $0
  ${If} $MultiUser.InstallMode == "AllUsers"
    nsExec::Exec '"$SYSDIR\netsh.exe" advfirewall firewall delete rule name="${NAME}"'
    Pop $0
  ${EndIf}
  Delete "$SMPROGRAMS\$(APP).lnk"
  Delete "$DESKTOP\$(APP).lnk"
  DeleteRegValue SHCTX "${RUN}" "${NAME}"
  DeleteRegKey SHCTX "Software\Classes\hbgz"
  DeleteRegKey SHCTX "${KEY}"
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\licences"
  RMDir /r "$INSTDIR\new"
  RMDir /r "$INSTDIR\old"
  Delete "$INSTDIR\hbgz_desktop.exe"
  Delete "$INSTDIR\hbgz.exe"
  Delete "$INSTDIR\hbgz_service.exe"
  Delete "$INSTDIR\bill-of-materials.json"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\CHANGELOG.md"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/PURGE" $0
  ${IfNot} ${Errors}
    RMDir /r "$Data"
  ${Else}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(PURGE)" /SD IDNO IDNO keep
    RMDir /r "$Data"
    keep:
  ${EndIf}
SectionEnd
