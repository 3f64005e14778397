/* What the two halves of hbgz_service.exe share: the service itself and its registration. */
#ifndef HBGZ_SERVICE_H
#define HBGZ_SERVICE_H
#include <windows.h>
#include <wchar.h>

#define SERVICE_NAME L"hbgz_engine"
#define MACHINE_KEY L"SOFTWARE\\hbgz_desktop"
#define FOLDER_VALUE L"DataFolder"
#define LONGEST 32768
#define STOP_LIMIT_MS 18000                      /* then the engine is ended by force: all is over within 20 s */
#define PRESHUTDOWN_MS 25000
#define WAIT_LIMIT_MS 30000                      /* how long a verb waits for the service manager */

/* Run a verb of the installer or of a person; the process's exit code: 0 or a Windows error. */
int run_verb(int argc, wchar_t **argv);

#endif
