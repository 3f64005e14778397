/* hbgz_service.exe: keeps the engine running when nobody is logged in.
   The service manager starts it without arguments. It starts hbgz_desktop.exe engine on the data folder that
   HKLM\SOFTWARE\hbgz_desktop names, starts it again when it dies, and makes a stop of the service a stop of the
   engine, which ends what it is at when its stdin ends; after 18 s by force. With arguments it is a tool of the
   installer (service_setup.c). */
#include "service.h"
#include <stdlib.h>
#include "service_messages.h"

#define LOOK_MS 250
#define WELL_AFTER_MS 600000                     /* an engine that lived so long may fail anew at once */
#define MOST_FAILURES 3

static const DWORD pauses_s[MOST_FAILURES + 1] = {5, 15, 60, 300};
static SERVICE_STATUS_HANDLE handle;
static SERVICE_STATUS status = {SERVICE_WIN32_OWN_PROCESS, SERVICE_START_PENDING, 0, NO_ERROR, 0, 0, 0};
static HANDLE stop_wanted;
static wchar_t folder[LONGEST], data[LONGEST];

static void tell(DWORD state, DWORD error, DWORD wait_ms)
{
    int is_moving = state == SERVICE_START_PENDING || state == SERVICE_STOP_PENDING;
    status.dwCurrentState = state;
    status.dwControlsAccepted = state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_PRESHUTDOWN : 0;
    status.dwWin32ExitCode = error;
    status.dwWaitHint = wait_ms;
    status.dwCheckPoint = is_moving ? status.dwCheckPoint + 1 : 0;
    SetServiceStatus(handle, &status);
}

/* One entry in the event log; the message table of this program has the words. */
static void note(DWORD message, WORD kind, WORD count, const wchar_t **words)
{
    HANDLE log = RegisterEventSourceW(NULL, SERVICE_NAME);
    if (log == NULL) return;
    ReportEventW(log, kind, 0, message, NULL, count, 0, words, NULL);
    DeregisterEventSource(log);
}

static void note_numbers(DWORD message, WORD kind, DWORD first, DWORD second)
{
    wchar_t texts[2][16];
    const wchar_t *words[] = {texts[0], texts[1]};
    swprintf(texts[0], 16, L"%lu", first);
    swprintf(texts[1], 16, L"%lu", second);
    note(message, kind, 2, words);
}

static DWORD WINAPI on_control(DWORD control, DWORD type, void *fact, void *context)
{
    (void)type, (void)fact, (void)context;
    if (control == SERVICE_CONTROL_STOP || control == SERVICE_CONTROL_PRESHUTDOWN) {
        tell(SERVICE_STOP_PENDING, NO_ERROR, 5000);
        SetEvent(stop_wanted);
        return NO_ERROR;
    }
    return control == SERVICE_CONTROL_INTERROGATE ? NO_ERROR : ERROR_CALL_NOT_IMPLEMENTED;
}

/* A person who logs off or the system's end must not take the service along: the manager says when. */
static BOOL WINAPI on_console_event(DWORD event)
{
    (void)event;
    return TRUE;
}

/* The two ends of a pipe and the place where nothing goes; only what the engine gets can be inherited. */
static int open_streams(HANDLE *reads, HANDLE *writes, HANDLE *nowhere)
{
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    if (!CreatePipe(reads, writes, NULL, 0)) return 0;
    SetHandleInformation(*reads, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    *nowhere = CreateFileW(L"NUL", GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_EXISTING, 0, NULL);
    return 1;
}

/* Start the engine inside the job, without a window. It ends when the pipe's end that is returned is closed. */
static int launch(HANDLE job, HANDLE *engine, HANDLE *line_to_it)
{
    static wchar_t line[3 * LONGEST];
    STARTUPINFOW start;
    PROCESS_INFORMATION made;
    int is_made;
    memset(&start, 0, sizeof start);
    start.cb = sizeof start;
    start.dwFlags = STARTF_USESTDHANDLES;
    if (!open_streams(&start.hStdInput, line_to_it, &start.hStdOutput)) return 0;
    start.hStdError = start.hStdOutput;
    swprintf(line, 3 * LONGEST, L"\"%ls\\hbgz_desktop.exe\" --data \"%ls\" engine --service", folder, data);
    is_made = CreateProcessW(NULL, line, NULL, NULL, TRUE, CREATE_NO_WINDOW | CREATE_SUSPENDED, NULL, folder, &start, &made);
    if (!is_made) start.dwFlags = GetLastError();
    CloseHandle(start.hStdInput);
    CloseHandle(start.hStdOutput);
    if (!is_made) {
        CloseHandle(*line_to_it);
        SetLastError(start.dwFlags);
        return 0;
    }
    AssignProcessToJobObject(job, made.hProcess);
    ResumeThread(made.hThread);
    CloseHandle(made.hThread);
    *engine = made.hProcess;
    return 1;
}

/* What is in it ends with it, and with us. */
static HANDLE new_job(void)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits;
    HANDLE job = CreateJobObjectW(NULL, NULL);
    memset(&limits, 0, sizeof limits);
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    if (job != NULL) SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
    return job;
}

/* Wait for an engine that was asked to end; 0 when its time was up. */
static int see_off(HANDLE engine)
{
    ULONGLONG limit = GetTickCount64() + STOP_LIMIT_MS;
    while (WaitForSingleObject(engine, LOOK_MS) != WAIT_OBJECT_0) {
        if (GetTickCount64() >= limit) return 0;
        tell(SERVICE_STOP_PENDING, NO_ERROR, 5000);
    }
    return 1;
}

/* One life of the engine. Returns 1 when it ended unasked, whatever it said: it gets another life. */
static int live(DWORD *code, ULONGLONG *lived_ms)
{
    HANDLE job = new_job(), engine, line_to_it, either[2];
    ULONGLONG born = GetTickCount64();
    int is_asked;
    *code = 0, *lived_ms = 0;
    if (!launch(job, &engine, &line_to_it)) {
        *code = GetLastError();
        CloseHandle(job);
        return 1;
    }
    either[0] = stop_wanted, either[1] = engine;
    is_asked = WaitForMultipleObjects(2, either, FALSE, INFINITE) == WAIT_OBJECT_0;
    CloseHandle(line_to_it);                    /* asks it to end */
    if (is_asked && !see_off(engine)) note(NOTE_ENDED_BY_FORCE, EVENTLOG_WARNING_TYPE, 0, NULL);
    if (!is_asked) GetExitCodeProcess(engine, code);
    CloseHandle(engine);
    CloseHandle(job);                           /* what is left of it ends too */
    *lived_ms = GetTickCount64() - born;
    return !is_asked;
}

static int read_folder(void)
{
    DWORD size = sizeof data;
    size_t length;
    if (RegGetValueW(HKEY_LOCAL_MACHINE, MACHINE_KEY, FOLDER_VALUE, RRF_RT_REG_SZ | RRF_SUBKEY_WOW6464KEY, NULL, data, &size))
        return 0;
    length = wcslen(data);
    while (length > 3 && data[length - 1] == L'\\') data[--length] = 0;   /* \" would not end the argument */
    if (length > 0 && length + 1 < LONGEST && data[length - 1] == L'\\') wcscpy(data + length, L".");
    return length > 0;
}

static void WINAPI serve(DWORD argc, wchar_t **argv)
{
    const wchar_t *words[] = {data};
    unsigned failures = 0;
    ULONGLONG lived_ms;
    DWORD code;
    (void)argc, (void)argv;
    handle = RegisterServiceCtrlHandlerExW(SERVICE_NAME, on_control, NULL);
    if (handle == NULL) return;
    SetConsoleCtrlHandler(on_console_event, TRUE);
    if (!read_folder()) {
        note(NOTE_NO_FOLDER, EVENTLOG_ERROR_TYPE, 0, NULL);
        tell(SERVICE_STOPPED, ERROR_FILE_NOT_FOUND, 0);
        return;
    }
    tell(SERVICE_RUNNING, NO_ERROR, 0);
    note(NOTE_STARTED, EVENTLOG_INFORMATION_TYPE, 1, words);
    while (live(&code, &lived_ms)) {
        failures = lived_ms > WELL_AFTER_MS ? 0 : failures;
        note_numbers(lived_ms ? NOTE_DIED : NOTE_NOT_LAUNCHED, EVENTLOG_ERROR_TYPE, code, pauses_s[failures]);
        if (WaitForSingleObject(stop_wanted, pauses_s[failures] * 1000) == WAIT_OBJECT_0) break;
        failures += failures < MOST_FAILURES;
    }
    note(NOTE_STOPPED, EVENTLOG_INFORMATION_TYPE, 0, NULL);
    tell(SERVICE_STOPPED, NO_ERROR, 0);
}

int wmain(int argc, wchar_t **argv)
{
    static SERVICE_TABLE_ENTRYW table[] = {{SERVICE_NAME, serve}, {NULL, NULL}};
    wchar_t *end;
    if (argc > 1) return run_verb(argc, argv);
    GetModuleFileNameW(NULL, folder, LONGEST);
    end = wcsrchr(folder, L'\\');
    if (end != NULL) *end = 0;
    stop_wanted = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (StartServiceCtrlDispatcherW(table)) return 0;
    return (int)GetLastError();                 /* 1063: started by a person, not by the service manager */
}
