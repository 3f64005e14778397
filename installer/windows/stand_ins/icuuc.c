/* TEST ONLY, never shipped. Qt6Core from 6.10 on links icuuc.dll, which Windows 10 1809 has and Wine 8 has not.
   Every function answers 0, so no old text encoding opens through QStringConverter in Wine. */
#define ANSWERS_NOTHING(name) __declspec(dllexport) void *name(void) { return 0; }

ANSWERS_NOTHING(ucnv_open)
ANSWERS_NOTHING(ucnv_close)
ANSWERS_NOTHING(ucnv_reset)
ANSWERS_NOTHING(ucnv_getMaxCharSize)
ANSWERS_NOTHING(ucnv_getName)
ANSWERS_NOTHING(ucnv_getToUCallBack)
ANSWERS_NOTHING(ucnv_getFromUCallBack)
ANSWERS_NOTHING(ucnv_setToUCallBack)
ANSWERS_NOTHING(ucnv_setFromUCallBack)
ANSWERS_NOTHING(ucnv_cbFromUWriteUChars)
ANSWERS_NOTHING(ucnv_cbToUWriteUChars)
ANSWERS_NOTHING(ucnv_toUnicode)
ANSWERS_NOTHING(ucnv_fromUnicode)
ANSWERS_NOTHING(ucnv_toUCountPending)
ANSWERS_NOTHING(ucnv_fromUCountPending)
ANSWERS_NOTHING(ucnv_getStandardName)
ANSWERS_NOTHING(ucnv_getAvailableName)
ANSWERS_NOTHING(ucnv_countAvailable)
ANSWERS_NOTHING(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
ANSWERS_NOTHING(UCNV_TO_U_CALLBACK_SUBSTITUTE)
