; What an installation for everybody does besides: data folder with its rights, firewall, service, registry.
; By SID, because names are localised: S-1-5-18 = SYSTEM, S-1-5-32-544 = Administrators, S-1-5-80-… = the service itself.
!define SERVICE_SID "S-1-5-80-2977613101-41817319-1759587710-2647637797-983575604"

Function DataRights
  ; a group of the domain is the domain's; a local one is made when it is not there ("already there" is no trouble)
  ${WordFind} "$Operators" "\" "*" $0
  ${If} $0 == "$Operators"
    !insertmacro Do "$R0" '"$SYSDIR\net.exe" localgroup "$Operators" /add /comment:"$(SERVICE_DESCRIPTION)"'
  ${EndIf}
  CreateDirectory "$Data"
  !insertmacro Do "$R0" '"$SYSDIR\icacls.exe" "$Data" /setowner *S-1-5-32-544'
  !insertmacro Do "$R0" '"$SYSDIR\icacls.exe" "$Data" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F "$Operators:(OI)(CI)M" *${SERVICE_SID}:(OI)(CI)M'
  ${If} $R0 != 0
    StrCpy $Trouble "1"
  ${EndIf}
FunctionEnd

; Without /DICOMPORT: the port the settings name already.
Function FirewallPort
  StrCpy $0 $Port
  ${If} $0 == ""
    StrCpy $0 "${USUAL_PORT}"
    ${If} ${FileExists} "$Data\hbgz.sqlite"
      nsExec::ExecToStack /TIMEOUT=60000 '"$INSTDIR\hbgz.exe" --data "$Data" config get dicom.port'
      Pop $1
      Pop $2
      ${If} $1 == "0"
        IntOp $2 $2 + 0
        ${If} $2 > 0
          StrCpy $0 $2
        ${EndIf}
      ${EndIf}
    ${EndIf}
  ${EndIf}
FunctionEnd

Function PerMachine
  ; the rights go through every file of the folder: once, and when somebody asks for another group
  ReadRegStr $0 HKLM "${OWN_KEY}" "Operators"
  ${If} $IsUpgrade == "0"
  ${OrIf} $0 != $Operators
  ${OrIfNot} ${FileExists} "$Data\*.*"
    Call DataRights
  ${EndIf}
  WriteRegStr HKLM "${OWN_KEY}" "DataFolder" "$Data"
  DeleteRegValue HKLM "${OWN_KEY}" "FormerDataFolder"
  Call FirewallPort
  !insertmacro Do "$R0" '"$SYSDIR\netsh.exe" advfirewall firewall delete rule name="${NAME}"'
  !insertmacro Do "$R0" '"$SYSDIR\netsh.exe" advfirewall firewall add rule name="${NAME}" dir=in action=allow protocol=TCP localport=$0 program="$INSTDIR\hbgz_desktop.exe" profile=domain,private'
  ${If} $Service == "1"
    !insertmacro Do "$R0" '"$INSTDIR\hbgz_service.exe" register "$Data" "$Operators"'
    ${If} $R0 != 0
      StrCpy $Trouble "1"
    ${EndIf}
    ${If} $ServiceWas = 0
      StrCpy $StartsService "1"                 ; a new one starts; one that somebody stopped stays stopped
    ${EndIf}
  ${Else}
    !insertmacro Do "$R0" '"$INSTDIR\hbgz_service.exe" unregister'
    StrCpy $StartsService "0"
  ${EndIf}
  ${If} $Trouble == "0"
    WriteRegStr HKLM "${OWN_KEY}" "Operators" "$Operators"
  ${EndIf}
FunctionEnd

Function un.PerMachine
  !insertmacro Do "$R0" '"$PLUGINSDIR\hbgz_service.exe" unregister'
  !insertmacro Do "$R0" '"$SYSDIR\netsh.exe" advfirewall firewall delete rule name="${NAME}"'
  ReadRegStr $Operators HKLM "${OWN_KEY}" "Operators"
  DeleteRegKey HKLM "${OWN_KEY}"
  ${If} $Purge != "1"
    WriteRegStr HKLM "${OWN_KEY}" "FormerDataFolder" "$Data"
    WriteRegStr HKLM "${OWN_KEY}" "Operators" "$Operators"
  ${ElseIf} $Operators == "${OPERATORS}"
    !insertmacro Do "$R0" '"$SYSDIR\net.exe" localgroup "${OPERATORS}" /delete'
  ${EndIf}
FunctionEnd
