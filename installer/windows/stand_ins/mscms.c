/* TEST ONLY, never shipped. Qt's Windows plugin asks mscms.dll for the screen's colour profile by functions that
   Wine 8 has not; here there is no profile. */
#define ANSWERS_NOTHING(name) __declspec(dllexport) void *name(void) { return 0; }

ANSWERS_NOTHING(GetColorProfileFromHandle)
ANSWERS_NOTHING(CloseColorProfile)
ANSWERS_NOTHING(WcsCreateIccProfile)
ANSWERS_NOTHING(OpenColorProfileW)
