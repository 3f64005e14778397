/* hbgz_service.exe: keeps the engine running when nobody is logged in.
   hbgz_service.exe DATA-FOLDER; the service manager starts it, restarts it when it ends with an error, and its
   stop becomes `hbgz.exe --data DATA-FOLDER stop`, so that the engine ends what it is at. */
#include <windows.h>
#include <stdlib.h>
#include <wchar.h>

#define NAME L"hbgz_engine"
#define STOP_LIMIT_MS 20000

static SERVICE_STATUS_HANDLE handle;
static SERVICE_STATUS status = {SERVICE_WIN32_OWN_PROCESS, SERVICE_START_PENDING, 0, NO_ERROR, 0, 0, 0};
static HANDLE stop_wanted;
static wchar_t folder[32768], data[32768];

static void tell(DWORD state, DWORD error, DWORD wait_ms)
{
    status.dwCurrentState = state;
    status.dwControlsAccepted = state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_SHUTDOWN : 0;
    status.dwWin32ExitCode = error;
    status.dwWaitHint = wait_ms;
    status.dwCheckPoint = state == SERVICE_RUNNING || state == SERVICE_STOPPED ? 0 : status.dwCheckPoint + 1;
    SetServiceStatus(handle, &status);
}

static void note(const wchar_t *text, WORD kind)
{
    HANDLE log = RegisterEventSourceW(NULL, NAME);
    const wchar_t *lines[] = {text};
    if (log == NULL) return;
    ReportEventW(log, kind, 0, 1, NULL, 1, 0, lines, NULL);
    DeregisterEventSource(log);
}

static DWORD WINAPI on_control(DWORD control, DWORD type, void *fact, void *context)
{
    (void)type, (void)fact, (void)context;
    if (control == SERVICE_CONTROL_STOP || control == SERVICE_CONTROL_SHUTDOWN) {
        tell(SERVICE_STOP_PENDING, NO_ERROR, STOP_LIMIT_MS + 5000);
        SetEvent(stop_wanted);
        return NO_ERROR;
    }
    return control == SERVICE_CONTROL_INTERROGATE ? NO_ERROR : ERROR_CALL_NOT_IMPLEMENTED;
}

/* Start one of our programs inside the job, without a window and without our handles. */
static int launch(const wchar_t *program, const wchar_t *what, HANDLE job, PROCESS_INFORMATION *process)
{
    static wchar_t line[98304];
    STARTUPINFOW start;
    memset(&start, 0, sizeof start);
    start.cb = sizeof start;
    swprintf(line, 98304, L"\"%ls\\%ls\" --data \"%ls\" %ls", folder, program, data, what);
    if (!CreateProcessW(NULL, line, NULL, NULL, FALSE, CREATE_NO_WINDOW | CREATE_SUSPENDED, NULL, folder, &start, process))
        return 0;
    if (job != NULL) AssignProcessToJobObject(job, process->hProcess);
    ResumeThread(process->hThread);
    CloseHandle(process->hThread);
    return 1;
}

static HANDLE new_job(void)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits;
    HANDLE job = CreateJobObjectW(NULL, NULL);
    memset(&limits, 0, sizeof limits);
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    if (job != NULL) SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
    return job;
}

static void ask_to_stop(void)
{
    PROCESS_INFORMATION asked;
    if (!launch(L"hbgz.exe", L"stop", NULL, &asked)) return;
    WaitForSingleObject(asked.hProcess, STOP_LIMIT_MS);
    CloseHandle(asked.hProcess);
}

static void WINAPI serve(DWORD argc, wchar_t **argv)
{
    PROCESS_INFORMATION engine;
    HANDLE job = new_job(), either[2];
    DWORD code = 0;
    (void)argc, (void)argv;
    handle = RegisterServiceCtrlHandlerExW(NAME, on_control, NULL);
    if (handle == NULL) return;
    tell(SERVICE_START_PENDING, NO_ERROR, 30000);
    if (!launch(L"hbgz_desktop.exe", L"engine", job, &engine)) {
        note(L"hbgz engine could not be started", EVENTLOG_ERROR_TYPE);
        tell(SERVICE_STOPPED, GetLastError(), 0);
        return;
    }
    tell(SERVICE_RUNNING, NO_ERROR, 0);
    note(L"hbgz engine started", EVENTLOG_INFORMATION_TYPE);
    either[0] = stop_wanted, either[1] = engine.hProcess;
    if (WaitForMultipleObjects(2, either, FALSE, INFINITE) == WAIT_OBJECT_0) {
        ask_to_stop();
        WaitForSingleObject(engine.hProcess, STOP_LIMIT_MS);
        note(L"hbgz engine stopped", EVENTLOG_INFORMATION_TYPE);
    } else {
        GetExitCodeProcess(engine.hProcess, &code);
        note(code == 0 ? L"hbgz engine ended" : L"hbgz engine died; the service manager starts it again",
             code == 0 ? EVENTLOG_INFORMATION_TYPE : EVENTLOG_ERROR_TYPE);
    }
    CloseHandle(job);                            /* what is left of the engine ends with it */
    tell(SERVICE_STOPPED, code == 0 ? NO_ERROR : ERROR_PROCESS_ABORTED, 0);
}

int wmain(int argc, wchar_t **argv)
{
    static SERVICE_TABLE_ENTRYW table[] = {{NAME, serve}, {NULL, NULL}};
    wchar_t *end;
    if (argc < 2) return 2;
    wcsncpy(data, argv[1], 32767);
    GetModuleFileNameW(NULL, folder, 32768);
    end = wcsrchr(folder, L'\\');
    if (end != NULL) *end = 0;
    stop_wanted = CreateEventW(NULL, TRUE, FALSE, NULL);
    return StartServiceCtrlDispatcherW(table) ? 0 : 1;
}
