; The installer. makensis gets: VERSION, NUMBERS (1.2.3.0), PROGRAM (folder), PARTS (what lies in it, as a list of
; macro calls), TOOLS (folder of running_copies.exe and the pictures), OUT (file), SIZE_KB, COMPRESSION (file), and SIGN (a command) when signed.
; Options, exit codes and what is changed on the machine: docs/install.md.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
CRCCheck force
!include "${COMPRESSION}"
AllowSkipFiles off
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WordFunc.nsh
!include WinVer.nsh
!include nsDialogs.nsh

!define NAME "hbgz_desktop"
!define OWN_KEY "Software\${NAME}"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define OPERATORS "hbgz_operators"
!define USUAL_PORT "11112"
!define OLDEST_BUILD 17763                      ; Windows 10 1809: what Qt 6.11 asks for
!define SPARE_MB 100
!define SERVICE_STARTS 2                         ; as hbgz_service.exe state answers
!define SERVICE_RUNS 4
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

; exit codes
!define EXIT_DAMAGED 2                          ; NSIS's own: the installer file is damaged
!define EXIT_OLDER 4
!define EXIT_BUSY 5
!define EXIT_BROKEN 6
!define EXIT_NO_ROOM 7
!define EXIT_OLD_WINDOWS 8
!define EXIT_NOT_ADMINISTRATOR 9
!define EXIT_WRONG_OPTION 10
!define EXIT_INCOMPLETE 11
!define EXIT_ALREADY_RUNNING 12

Name "$(APP)"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 ProductName "${NAME}"
VIAddVersionKey /LANG=2052 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=2052 FileVersion "${VERSION}"
VIAddVersionKey /LANG=2052 FileDescription "${NAME}"
VIAddVersionKey /LANG=2052 LegalCopyright "Apache-2.0"
!define MUI_ICON "${TOOLS}/hbgz_desktop.ico"
!define MUI_UNICON "${TOOLS}/hbgz_desktop.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${TOOLS}/side.bmp"
!define MULTIUSER_INSTALLMODEPAGE_TEXT_ALLUSERS "$(MODE_ALL_USERS)"
!define MULTIUSER_INSTALLMODEPAGE_TEXT_CURRENTUSER "$(MODE_CURRENT_USER)"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION StartConsole
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

!define MULTIUSER_PAGE_CUSTOMFUNCTION_LEAVE RefuseOlder
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!define MUI_PAGE_CUSTOMFUNCTION_PRE OnlyAtFirst
!insertmacro MUI_PAGE_DIRECTORY
Page custom ChoicesPage ChoicesPageLeave
!insertmacro MUI_PAGE_INSTFILES
!define MUI_PAGE_CUSTOMFUNCTION_SHOW HideRunWhenRestarted
!insertmacro MUI_PAGE_FINISH
UninstPage custom un.DataPage un.DataPageLeave
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"
!include texts.nsh

Var Given                                       ; the command line's words
Var GivenFolder                                 ; /D=
Var Data
Var GivenData                                   ; /DATA=
Var IsUpgrade
Var Autostart
Var GivenAutostart
Var Service
Var GivenService
Var ServiceWas                                  ; its state before: 0 = there was none
Var StartsService
Var Port
Var Operators
Var GivenOperators
Var Log
Var Level                                       ; exit code if it fails from here on
Var IsStopped                                   ; what ran was stopped: start it again whatever happens
Var IsNewFolder
Var Trouble
Var PurgeBox
Var Purge

; ---- small tools, for installer and uninstaller ---------------------------------------------------
!macro Tools un
; $R9 = a line for the log
Function ${un}Note
  Push $0
  ClearErrors
  FileOpen $0 "$Log" a
  ${IfNot} ${Errors}
    FileSeek $0 0 END
    FileWriteUTF16LE /BOM $0 "$R9$\r$\n"
    FileClose $0
  ${EndIf}
  Pop $0
FunctionEnd

; $R8 = title of the message, $Level = exit code: say it, end
Function ${un}Refuse
  MessageBox MB_OK|MB_ICONSTOP "$R8" /SD IDOK
  StrCpy $R9 "refused ($Level): $R8"
  Call ${un}Note
  SetErrorLevel $Level
  Quit
FunctionEnd

Function ${un}OnlyOneSetup
  System::Call 'kernel32::CreateMutexW(p 0, i 1, w "Global\${NAME}_setup") p .r1 ?e'
  Pop $0
  ${If} $0 = 183                                ; it is there
  ${OrIf} $0 = 5                                ; it is there and another account's
    StrCpy $Level ${EXIT_ALREADY_RUNNING}
    StrCpy $R8 "$(ALREADY_RUNNING)"
    Call ${un}Refuse
  ${EndIf}
FunctionEnd

; The command line's word that begins with $R7: $R5 = 1 when it is there, $R6 = what follows. By Windows' own rules of
; quoting, so that /DATA="C:\a b" and "/DATA=C:\a b" are the same.
Function ${un}Option
  StrCpy $R5 "0"
  StrCpy $R6 ""
  StrLen $R4 $R7
  System::Call 'kernel32::GetCommandLineW() p .r0'
  System::Call 'shell32::CommandLineToArgvW(p r0, *i .r1) p .r2'
  StrCpy $3 1
  ${While} $3 < $1
    IntOp $0 $3 * ${NSIS_PTR_SIZE}
    IntPtrOp $0 $2 + $0
    System::Call '*$0(w .r0)'
    StrCpy $4 $0 $R4
    ${If} $4 == $R7
      StrCpy $R5 "1"
      StrCpy $R6 $0 "" $R4
    ${EndIf}
    IntOp $3 $3 + 1
  ${EndWhile}
  System::Call 'kernel32::LocalFree(p r2)'
FunctionEnd

Function ${un}ChooseLanguage
  StrCpy $R7 "/LANG="
  Call ${un}Option
  ${If} $R6 == "zh"
    StrCpy $LANGUAGE 2052
  ${ElseIf} $R6 == "en"
    StrCpy $LANGUAGE 1033
  ${EndIf}
FunctionEnd

; Per user the data lies in his own folder; per machine where the registry says, else in ProgramData.
Function ${un}FindData
  ${If} $MultiUser.InstallMode == "AllUsers"
    SetShellVarContext all
    ReadRegStr $Data HKLM "${OWN_KEY}" "DataFolder"
    ${If} $Data == ""
      ReadRegStr $Data HKLM "${OWN_KEY}" "FormerDataFolder"
      ${IfNot} ${FileExists} "$Data\*.*"
        StrCpy $Data ""
      ${EndIf}
    ${EndIf}
    ${If} $Data == ""
      ReadEnvStr $Data PROGRAMDATA
      StrCpy $Data "$Data\${NAME}"
    ${EndIf}
  ${Else}
    SetShellVarContext current
    StrCpy $Data "$LOCALAPPDATA\${NAME}"
  ${EndIf}
FunctionEnd

; Stops the service (per machine) and every process that runs out of this folder; $R0 = 0 when nothing is left.
Function ${un}StopProgram
  StrCpy $IsStopped "1"
  StrCpy $StartsService "0"
  ${If} $MultiUser.InstallMode == "AllUsers"
    nsExec::Exec '"$PLUGINSDIR\hbgz_service.exe" state'
    Pop $ServiceWas
    ${If} $ServiceWas = ${SERVICE_RUNS}
    ${OrIf} $ServiceWas = ${SERVICE_STARTS}
      StrCpy $StartsService "1"
    ${EndIf}
    !insertmacro Do "$R0" '"$PLUGINSDIR\hbgz_service.exe" stop'
    ${If} $R0 != 0
      Return
    ${EndIf}
  ${EndIf}
  !insertmacro Do "$R0" '"$PLUGINSDIR\running_copies.exe" "$INSTDIR" stop "$PLUGINSDIR\ran.txt"'
FunctionEnd

Function ${un}StartAgain
  ${If} $IsStopped != "1"
    Return
  ${EndIf}
  StrCpy $IsStopped "0"
  ${If} $StartsService == "1"
    !insertmacro Do "$R0" '"$PLUGINSDIR\hbgz_service.exe" start'
    ${If} $R0 != 0
      StrCpy $Trouble "1"
    ${EndIf}
  ${EndIf}
  !insertmacro Do "$R0" '"$PLUGINSDIR\running_copies.exe" "$INSTDIR" start "$PLUGINSDIR\ran.txt"'
FunctionEnd

Function ${un}DeleteShortcuts
  Delete "$SMPROGRAMS\${CHINESE_NAME}.lnk"
  Delete "$SMPROGRAMS\${ENGLISH_NAME}.lnk"
  Delete "$DESKTOP\${CHINESE_NAME}.lnk"
  Delete "$DESKTOP\${ENGLISH_NAME}.lnk"
FunctionEnd
!macroend

; Run a command without a window; its exit code, and a line in the log with what it said if it failed.
!macro Do answer command
  nsExec::ExecToStack /TIMEOUT=600000 '${command}'
  Pop ${answer}
  Pop $R8
  StrCpy $R9 'exit ${answer}: ${command}'
  ${If} ${answer} != 0
    StrCpy $R9 "$R9$\r$\n$R8"
  ${EndIf}
  !ifdef __UNINSTALL__
    Call un.Note
  !else
    Call Note
  !endif
!macroend
!insertmacro Tools ""
!insertmacro Tools "un."

; ---- before anything is changed -------------------------------------------------------------------
Function .onInit
  InitPluginsDir
  ${GetParameters} $Given
  Call ChooseLanguage
  StrCpy $R7 "/LOG="
  Call Option
  StrCpy $Log $R6
  ${If} $Log == ""
    StrCpy $Log "$TEMP\${NAME}-setup.log"
  ${EndIf}
  Delete "$Log"
  StrCpy $R9 "${NAME} ${VERSION}: $Given"
  Call Note
  Call OnlyOneSetup
  ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    StrCpy $Level ${EXIT_OLD_WINDOWS}
    StrCpy $R8 "$(OLD_WINDOWS)"
    Call Refuse
  ${EndIf}
  StrCpy $R7 "/AllUsers"
  Call Option
  ${If} $R5 == "1"
    UserInfo::GetAccountType                    ; MultiUser would ask aloud even when silent
    Pop $0
    ${If} $0 != "Admin"
      StrCpy $Level ${EXIT_NOT_ADMINISTRATOR}
      StrCpy $R8 "$(NOT_ADMINISTRATOR)"
      Call Refuse
    ${EndIf}
  ${EndIf}
  StrCpy $GivenFolder $INSTDIR                  ; only /D= fills it before MultiUser does
  !insertmacro MULTIUSER_INIT
  SetRegView 64
  Call ReadOptions
  Call RefuseOlder
  SetOutPath "$PLUGINSDIR"
  File "${TOOLS}/running_copies.exe"
  File "${PROGRAM}/hbgz_service.exe"
FunctionEnd

!macro OptionOf name variable
  StrCpy $R7 "/${name}="
  Call Option
  StrCpy ${variable} $R6
!macroend
!macro RefuseUnlessYesOrNo name value
  ${If} ${value} != ""
  ${AndIf} ${value} != "0"
  ${AndIf} ${value} != "1"
    StrCpy $0 "/${name}=${value}"
    Call RefuseOption
  ${EndIf}
!macroend
Function RefuseOption
  StrCpy $Level ${EXIT_WRONG_OPTION}
  StrCpy $R8 "$(WRONG_OPTION)"
  Call Refuse
FunctionEnd

Function ReadOptions
  !insertmacro OptionOf "AUTOSTART" $GivenAutostart
  !insertmacro OptionOf "SERVICE" $GivenService
  !insertmacro OptionOf "DICOMPORT" $Port
  !insertmacro OptionOf "OPERATORS" $GivenOperators
  !insertmacro OptionOf "DATA" $GivenData
  !insertmacro OptionOf "LANG" $1
  !insertmacro RefuseUnlessYesOrNo "AUTOSTART" $GivenAutostart
  !insertmacro RefuseUnlessYesOrNo "SERVICE" $GivenService
  ${If} $1 != ""
  ${AndIf} $1 != "zh"
  ${AndIf} $1 != "en"
    StrCpy $0 "/LANG=$1"
    Call RefuseOption
  ${EndIf}
  ${If} $Port != ""
    Call IsPort
    ${If} $R6 == "0"
      StrCpy $0 "/DICOMPORT=$Port"
      Call RefuseOption
    ${EndIf}
  ${EndIf}
  ${If} ${Silent}                               ; else a page asks for whom
  ${AndIf} $MultiUser.InstallMode != "AllUsers"
    ${If} $GivenService == "1"
      StrCpy $0 "/SERVICE=1 (/AllUsers?)"
      Call RefuseOption
    ${EndIf}
    ${If} "$GivenData$GivenOperators" != ""
      StrCpy $0 "/DATA, /OPERATORS (/AllUsers?)"
      Call RefuseOption
    ${EndIf}
  ${EndIf}
FunctionEnd

; $R6 = 1 when $Port is a port
Function IsPort
  StrCpy $R6 "0"
  IntOp $0 $Port + 0
  ${If} $0 == $Port
  ${AndIf} $0 >= 1
  ${AndIf} $0 <= 65535
    StrCpy $R6 "1"
  ${EndIf}
FunctionEnd

; With the mode of installation known: what stands there already, and whether it is newer.
Function RefuseOlder
  StrCpy $IsUpgrade "0"
  StrCpy $Autostart $GivenAutostart
  StrCpy $Service $GivenService
  ReadRegStr $0 SHCTX "${KEY}" "InstallLocation"
  ${If} $0 != ""
  ${AndIf} ${FileExists} "$0\hbgz.exe"
    StrCpy $IsUpgrade "1"
    StrCpy $INSTDIR $0                          ; a program that is there stays where it is
  ${ElseIf} $GivenFolder != ""
    StrCpy $INSTDIR $GivenFolder
  ${EndIf}
  ReadRegStr $0 SHCTX "${KEY}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      StrCpy $Level ${EXIT_OLDER}
      StrCpy $R8 "$(OLDER)"
      Call Refuse
    ${EndIf}
  ${EndIf}
FunctionEnd

; What was not said on the command line: as it was before, else as it is usual.
Function Settle
  Call FindData
  ${If} $GivenData != ""
    StrCpy $Data $GivenData
  ${EndIf}
  StrCpy $Operators $GivenOperators
  ${If} $Operators == ""
  ${AndIf} $MultiUser.InstallMode == "AllUsers"
    ReadRegStr $Operators HKLM "${OWN_KEY}" "Operators"
  ${EndIf}
  ${If} $Operators == ""
    StrCpy $Operators "${OPERATORS}"
  ${EndIf}
  ${If} $MultiUser.InstallMode != "AllUsers"
    StrCpy $Service "0"
  ${ElseIf} $Service == ""
    StrCpy $Service "1"
    ${If} $IsUpgrade == "1"
      nsExec::Exec '"$PLUGINSDIR\hbgz_service.exe" state'
      Pop $0
      ${If} $0 = 0
        StrCpy $Service "0"
      ${EndIf}
    ${EndIf}
  ${EndIf}
  ${If} $Autostart == ""
    ReadRegStr $0 SHCTX "${RUN}" "${NAME}"
    ${If} $IsUpgrade == "1"
      StrCpy $Autostart "1"
      ${If} $0 == ""
        StrCpy $Autostart "0"
      ${EndIf}
    ${ElseIf} $Service == "1"
      StrCpy $Autostart "0"
    ${Else}
      StrCpy $Autostart "1"
    ${EndIf}
  ${EndIf}
FunctionEnd

; A folder that holds something else gets one of ours below it: what is called lib or app there is not ours to move.
Function OwnFolder
  ${GetFileName} "$INSTDIR" $0
  ${If} $IsUpgrade == "0"
  ${AndIf} $0 != "${NAME}"
  ${AndIfNot} ${FileExists} "$INSTDIR\hbgz.exe"
    ${DirState} "$INSTDIR" $1
    ${If} $1 = 1
      StrCpy $0 "$INSTDIR" "" -1
      ${If} $0 == "\"
        StrCpy $INSTDIR "$INSTDIR" -1
      ${EndIf}
      StrCpy $INSTDIR "$INSTDIR\${NAME}"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function RefuseWithoutRoom
  ${GetRoot} "$INSTDIR" $2
  ClearErrors
  ${DriveSpace} "$2\" "/D=F /S=M" $1
  ${IfNot} ${Errors}
    IntOp $0 ${SIZE_KB} / 1024
    IntOp $0 $0 + ${SPARE_MB}
    ${If} $1 < $0
      StrCpy $Level ${EXIT_NO_ROOM}
      StrCpy $R8 "$(NO_ROOM)"
      Call Refuse
    ${EndIf}
  ${EndIf}
FunctionEnd
!include own_pages.nsh

; ---- the installation -----------------------------------------------------------------------------
; Rename $R1 to $R2, with patience for a virus scanner that just looks; $R3 = 1 when it worked.
Function MoveOne
  StrCpy $R3 "0"
  StrCpy $R4 0
  again:
    ClearErrors
    Rename "$R1" "$R2"
    IfErrors 0 done
    IntOp $R4 $R4 + 1
    Sleep 500
    IntCmp $R4 20 failed again failed
  done:
    StrCpy $R3 "1"
  failed:
    ClearErrors
FunctionEnd

; Only renames: whatever stops them half way, every file is still there and goes back.
!macro MoveAway part
  ${If} $R5 == "1"
  ${AndIf} ${FileExists} "$INSTDIR\${part}"
    StrCpy $R1 "$INSTDIR\${part}"
    StrCpy $R2 "$INSTDIR\old\${part}"
    Call MoveOne
    StrCpy $R5 $R3
  ${EndIf}
!macroend
!macro MoveIn part
  ${If} $R5 == "1"
    StrCpy $R1 "$INSTDIR\new\${part}"
    StrCpy $R2 "$INSTDIR\${part}"
    Call MoveOne
    StrCpy $R5 $R3
  ${EndIf}
!macroend
!macro MoveBack part
  ${IfNot} ${FileExists} "$INSTDIR\new\${part}"
    StrCpy $R1 "$INSTDIR\${part}"
    StrCpy $R2 "$INSTDIR\new\${part}"
    Call MoveOne
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\old\${part}"
    StrCpy $R1 "$INSTDIR\old\${part}"
    StrCpy $R2 "$INSTDIR\${part}"
    Call MoveOne
  ${EndIf}
!macroend
!macro ForAll do
  !define PER_PART ${do}
  !include "${PARTS}"                           ; !insertmacro ${PER_PART} "app" and so on
  !undef PER_PART
!macroend

Function PutInPlace
  RMDir /r "$INSTDIR\old"
  CreateDirectory "$INSTDIR\old"
  StrCpy $R5 "1"
  !insertmacro ForAll MoveAway
  !insertmacro ForAll MoveIn
  ${If} $R5 != "1"
    !insertmacro ForAll MoveBack
  ${EndIf}
  ClearErrors
FunctionEnd

Section "program"
  SetRegView 64
  Call Settle
  Call OwnFolder
  Call RefuseWithoutRoom
  StrCpy $Trouble "0"
  StrCpy $IsStopped "0"
  StrCpy $Level ${EXIT_BROKEN}
  StrCpy $IsNewFolder "0"
  ${IfNot} ${FileExists} "$INSTDIR\*.*"
    StrCpy $IsNewFolder "1"
  ${EndIf}
  StrCpy $R9 "folder $INSTDIR, data $Data, upgrade $IsUpgrade, service $Service, autostart $Autostart, port $Port"
  Call Note
  ; the new files come to stand beside the old ones, which go on working; a failure here ends in .onInstFailed
  DetailPrint "$(STEP_COPY)"
  SetDetailsPrint none
  RMDir /r "$INSTDIR\new"
  ClearErrors
  SetOutPath "$INSTDIR\new"
  File /r "${PROGRAM}/*.*"
  SetOutPath "$INSTDIR"
  SetDetailsPrint both
  ${If} ${Errors}
    Abort "$(BROKEN)"
  ${EndIf}
  DetailPrint "$(STEP_CHECK)"
  !insertmacro Do "$R0" '"$INSTDIR\new\hbgz.exe" -m check_program'
  ${If} $R0 != 0
    Abort "$(BROKEN)"
  ${EndIf}
  DetailPrint "$(STEP_STOP)"
  Call StopProgram
  ${If} $R0 != 0
    StrCpy $Level ${EXIT_BUSY}
    Abort "$(BUSY)"
  ${EndIf}
  DetailPrint "$(STEP_SWAP)"
  Call PutInPlace
  ${If} $R5 != "1"
    Abort "$(BROKEN)"
  ${EndIf}
  RMDir /r "$INSTDIR\new"
  ClearErrors
  SetDetailsPrint none
  RMDir /r "$INSTDIR\old"                       ; what the event viewer still holds goes with the next version
  SetDetailsPrint both
  Call Register
  ${If} $MultiUser.InstallMode == "AllUsers"
    Call PerMachine
  ${EndIf}
  ${If} $Port != ""
    !insertmacro Do "$R0" '"$INSTDIR\hbgz.exe" --data "$Data" config set dicom.port $Port'
  ${EndIf}
  DetailPrint "$(STEP_START)"
  Call StartAgain
  StrCpy $R9 "installed ${VERSION}"
  Call Note
  ${If} $Trouble == "1"
    StrCpy $0 $Log
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(INCOMPLETE)" /SD IDOK
    SetErrorLevel ${EXIT_INCOMPLETE}
  ${EndIf}
SectionEnd

; The former version is untouched or back in its place; what ran runs again.
Function .onInstFailed
  SetOutPath "$PLUGINSDIR"                      ; the folder we stand in cannot be removed
  RMDir /r "$INSTDIR\new"
  RMDir "$INSTDIR\old"
  ${If} $IsNewFolder == "1"
    RMDir "$INSTDIR"
  ${EndIf}
  Call StartAgain
  StrCpy $R9 "failed ($Level), the former version is in place"
  Call Note
  ${If} $Level == ${EXIT_BUSY}
    MessageBox MB_OK|MB_ICONSTOP "$(BUSY)" /SD IDOK
  ${Else}
    MessageBox MB_OK|MB_ICONSTOP "$(BROKEN)" /SD IDOK
  ${EndIf}
  SetErrorLevel $Level
FunctionEnd

Function Register
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
  StrCpy $0 "0"                                 ; a shortcut that somebody took off the desktop stays off
  ${If} $IsUpgrade == "0"
  ${OrIf} ${FileExists} "$DESKTOP\${CHINESE_NAME}.lnk"
  ${OrIf} ${FileExists} "$DESKTOP\${ENGLISH_NAME}.lnk"
    StrCpy $0 "1"
  ${EndIf}
  Call DeleteShortcuts
  CreateShortCut "$SMPROGRAMS\$(APP).lnk" "$INSTDIR\hbgz_desktop.exe"
  ${If} $0 == "1"
    CreateShortCut "$DESKTOP\$(APP).lnk" "$INSTDIR\hbgz_desktop.exe"
  ${EndIf}
  ; hbgz:// fills the form of 共享调阅 (DESIGN 11: one argument after --)
  WriteRegStr SHCTX "Software\Classes\hbgz" "" "URL:hbgz"
  WriteRegStr SHCTX "Software\Classes\hbgz" "URL Protocol" ""
  WriteRegStr SHCTX "Software\Classes\hbgz\shell\open\command" "" '"$INSTDIR\hbgz_desktop.exe" share -- "%1"'
  ${If} $Autostart == "1"
    WriteRegStr SHCTX "${RUN}" "${NAME}" '"$INSTDIR\hbgz_desktop.exe"'
  ${Else}
    DeleteRegValue SHCTX "${RUN}" "${NAME}"
  ${EndIf}
FunctionEnd
!include per_machine.nsh

; ---- removal --------------------------------------------------------------------------------------
Function un.onInit
  InitPluginsDir
  ${GetParameters} $Given
  Call un.ChooseLanguage
  StrCpy $R7 "/LOG="
  Call un.Option
  StrCpy $Log $R6
  ${If} $Log == ""
    StrCpy $Log "$TEMP\${NAME}-setup.log"
  ${EndIf}
  Delete "$Log"
  StrCpy $R9 "${NAME} ${VERSION} is removed: $Given"
  Call un.Note
  Call un.OnlyOneSetup
  !insertmacro MULTIUSER_UNINIT
  SetRegView 64
  Call un.FindData
  StrCpy $R7 "/PURGE"
  Call un.Option
  StrCpy $Purge $R5
  SetOutPath "$PLUGINSDIR"
  File "${TOOLS}/running_copies.exe"
  File "${PROGRAM}/hbgz_service.exe"
FunctionEnd

!macro DeletePart part
  RMDir /r "$INSTDIR\${part}"
  Delete "$INSTDIR\${part}"
!macroend

Section "un.program"
  SetRegView 64
  SetOutPath "$PLUGINSDIR"
  DetailPrint "$(STEP_STOP)"
  Call un.StopProgram
  ${If} $R0 != 0
    Call un.StartAgain
    StrCpy $Level ${EXIT_BUSY}
    StrCpy $R8 "$(BUSY)"
    Call un.Refuse
  ${EndIf}
  ${If} $MultiUser.InstallMode == "AllUsers"
    Call un.PerMachine
  ${EndIf}
  SetDetailsPrint none
  Call un.DeleteShortcuts
  DeleteRegValue SHCTX "${RUN}" "${NAME}"
  DeleteRegKey SHCTX "Software\Classes\hbgz"
  DeleteRegKey SHCTX "${KEY}"
  !insertmacro ForAll DeletePart
  RMDir /r "$INSTDIR\new"
  RMDir /r "$INSTDIR\old"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ${If} $Purge == "1"
    Call un.DeleteData
  ${EndIf}
  SetDetailsPrint both
  StrCpy $R9 "removed; data deleted: $Purge"
  Call un.Note
SectionEnd

; Never a drive's root, never a folder that holds something else than ours.
Function un.DeleteData
  StrLen $0 "$Data"
  ${If} $0 > 3
  ${AndIf} ${FileExists} "$Data\hbgz.sqlite"
    RMDir /r "$Data"
  ${Else}
    RMDir "$Data"
  ${EndIf}
FunctionEnd
