; The pages of our own: choices before the installation, data before the removal.
Var PortField
Var ServiceBox
Var AutostartBox

Function OnlyAtFirst                            ; a program that is there stays where it is
  ${If} $IsUpgrade == "1"
    Abort
  ${EndIf}
FunctionEnd

Function ChoicesPage
  ${If} $IsUpgrade == "1"
    Abort
  ${EndIf}
  Call Settle
  !insertmacro MUI_HEADER_TEXT "$(CHOICES_TITLE)" "$(CHOICES_SUBTITLE)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 2u 60% 12u "$(CHOICES_PORT)"
  Pop $0
  StrCpy $1 $Port
  ${If} $1 == ""
    StrCpy $1 "${USUAL_PORT}"
  ${EndIf}
  ${NSD_CreateNumber} 60% 0 20% 13u "$1"
  Pop $PortField
  ${NSD_CreateCheckBox} 0 22u 100% 12u "$(CHOICES_AUTOSTART)"
  Pop $AutostartBox
  ${NSD_SetState} $AutostartBox $Autostart
  ${If} $MultiUser.InstallMode == "AllUsers"
    ${NSD_CreateCheckBox} 0 38u 100% 12u "$(CHOICES_SERVICE)"
    Pop $ServiceBox
    ${NSD_SetState} $ServiceBox $Service
  ${EndIf}
  ${NSD_CreateLabel} 0 62u 100% 12u "$(CHOICES_DATA)"
  Pop $0
  ${NSD_CreateText} 0 75u 100% 13u "$Data"
  Pop $0
  SendMessage $0 ${EM_SETREADONLY} 1 0
  ${If} $MultiUser.InstallMode == "AllUsers"
    ${NSD_CreateLabel} 0 93u 100% 24u "$(CHOICES_OPERATORS)"
    Pop $0
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function ChoicesPageLeave
  ${NSD_GetText} $PortField $Port
  Call IsPort
  ${If} $R6 == "0"
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(WRONG_PORT)"
    Abort
  ${EndIf}
  ${NSD_GetState} $AutostartBox $Autostart
  ${If} $MultiUser.InstallMode == "AllUsers"
    ${NSD_GetState} $ServiceBox $Service
  ${EndIf}
FunctionEnd

; The last page offers to open the window, unless it was open before and is again.
Function HideRunWhenRestarted
  ${If} $IsUpgrade == "1"
    nsExec::Exec '"$PLUGINSDIR\running_copies.exe" "$INSTDIR" count'
    Pop $0
    ${If} $0 != 0
      ${NSD_Uncheck} $mui.FinishPage.Run
      ShowWindow $mui.FinishPage.Run ${SW_HIDE}
    ${EndIf}
  ${EndIf}
FunctionEnd

Function StartConsole                           ; as the person who sits there, not as the administrator
  nsExec::Exec '"$PLUGINSDIR\running_copies.exe" "$INSTDIR" run'
  Pop $0
FunctionEnd

Function un.DataPage
  !insertmacro MUI_HEADER_TEXT "$(REMOVE_TITLE)" "$(REMOVE_SUBTITLE)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 2u 100% 26u "$(REMOVE_KEEPS)"
  Pop $0
  ${NSD_CreateText} 0 31u 100% 13u "$Data"
  Pop $0
  SendMessage $0 ${EM_SETREADONLY} 1 0
  ${NSD_CreateCheckBox} 0 54u 100% 12u "$(REMOVE_PURGE)"
  Pop $PurgeBox
  ${NSD_SetState} $PurgeBox $Purge
  nsDialogs::Show
FunctionEnd

Function un.DataPageLeave
  ${NSD_GetState} $PurgeBox $Purge
  ${If} $Purge == "1"
    MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(REMOVE_SURE)" IDYES +2
    Abort
  ${EndIf}
FunctionEnd
