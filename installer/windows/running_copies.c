/* running_copies.exe: what runs out of one program folder, and only that; the installer and the uninstaller carry it.
     running_copies.exe FOLDER count        exit code = how many of our processes run
     running_copies.exe FOLDER stop LIST    writes to LIST what a person would miss, asks all to end, waits, ends what
                                            does not; exit code = how many are left
     running_copies.exe FOLDER start LIST   starts again what LIST names, in its session, without our elevation
     running_copies.exe FOLDER run          starts the console the same way
   A process is ours when its image lies below FOLDER: other programs, other versions elsewhere and other people's
   programs of the same name are never touched. Copies of other sessions are found too (an administrator has the right). */
#define _WIN32_WINNT 0x0A00
#include <windows.h>
#include <shellapi.h>
#include <stdio.h>
#include <tlhelp32.h>
#include <userenv.h>
#include <wchar.h>
#include <winternl.h>
#include <wtsapi32.h>

#define MOST 256
#define LONGEST 32768
#define ASKED_WITHIN_MS 90000                   /* starting `hbgz stop` takes its time on a busy machine */
#define ENDS_WITHIN_MS 25000
#define LOOK_EVERY_MS 250
#define COMMAND_LINE_FACT 60                    /* ProcessCommandLineInformation, since Windows 8.1 */

enum kind { OTHER, CONSOLE_WINDOW, ENGINE, SERVICE };
struct copy {
    DWORD pid, parent, session;
    enum kind kind;
    wchar_t data[1024];                         /* what stood behind --data, or nothing */
};

static wchar_t folder[LONGEST], folder_as_given[LONGEST];
static struct copy copies[MOST];
static int count;

/* The one spelling of a path: no short names, no junctions, no substituted drives. */
static int final_path(const wchar_t *path, wchar_t *out)
{
    HANDLE file = CreateFileW(path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                              FILE_FLAG_BACKUP_SEMANTICS, NULL);
    DWORD length = 0;
    if (file != INVALID_HANDLE_VALUE) {
        length = GetFinalPathNameByHandleW(file, out, LONGEST, 0);
        CloseHandle(file);
    }
    if (length == 0 || length >= LONGEST) wcsncpy(out, path, LONGEST - 1);
    return length != 0;
}

static int is_below_folder(const wchar_t *path)
{
    static wchar_t whole[LONGEST];
    size_t length = wcslen(folder);
    final_path(path, whole);
    return wcslen(whole) > length + 1 && whole[length] == L'\\' &&
           CompareStringOrdinal(whole, (int)length, folder, (int)length, TRUE) == CSTR_EQUAL;
}

static void see_all_processes(void)             /* an administrator sees other people's; others are refused, rightly */
{
    TOKEN_PRIVILEGES wish = {1, {{{0, 0}, SE_PRIVILEGE_ENABLED}}};
    HANDLE token;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_ADJUST_PRIVILEGES | TOKEN_QUERY, &token)) return;
    if (LookupPrivilegeValueW(NULL, L"SeDebugPrivilege", &wish.Privileges[0].Luid))
        AdjustTokenPrivileges(token, FALSE, &wish, 0, NULL, NULL);
    CloseHandle(token);
}

/* The command line out of the process's own memory: for systems that do not answer the plain question. */
static int line_from_memory(HANDLE process, wchar_t *out, size_t size)
{
    PROCESS_BASIC_INFORMATION facts;
    RTL_USER_PROCESS_PARAMETERS rest;
    PEB peb;
    SIZE_T got;
    size_t bytes;
    if (NtQueryInformationProcess(process, ProcessBasicInformation, &facts, sizeof facts, NULL) < 0) return 0;
    if (!ReadProcessMemory(process, facts.PebBaseAddress, &peb, sizeof peb, &got)) return 0;
    if (!ReadProcessMemory(process, peb.ProcessParameters, &rest, sizeof rest, &got)) return 0;
    bytes = rest.CommandLine.Length < (size - 1) * 2 ? rest.CommandLine.Length : (size - 1) * 2;
    if (!ReadProcessMemory(process, rest.CommandLine.Buffer, out, bytes, &got)) return 0;
    out[bytes / 2] = 0;
    return 1;
}

static int command_line(DWORD pid, wchar_t *out, size_t size)
{
    static unsigned char answer[2 * LONGEST + 64];
    UNICODE_STRING *said = (UNICODE_STRING *)answer;
    HANDLE process = OpenProcess(PROCESS_QUERY_INFORMATION | PROCESS_VM_READ, FALSE, pid);
    int is_known;
    if (process == NULL) process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
    if (process == NULL) return 0;
    if (NtQueryInformationProcess(process, COMMAND_LINE_FACT, answer, sizeof answer, NULL) >= 0) {
        size_t length = said->Length / 2 < size - 1 ? said->Length / 2 : size - 1;
        wmemcpy(out, said->Buffer, length);
        out[length] = 0;
        is_known = 1;
    } else {
        is_known = line_from_memory(process, out, size);
    }
    CloseHandle(process);
    return is_known;
}

/* Console, engine or something else of ours; and the data folder it was given. Nothing else of its words is kept:
   an hbgz:// address may name a patient. */
static void learn_kind(struct copy *one, const wchar_t *name)
{
    static wchar_t line[LONGEST];
    int words = 0, at;
    wchar_t **word;
    one->kind = _wcsicmp(name, L"hbgz_desktop.exe") == 0 ? CONSOLE_WINDOW : OTHER;
    one->data[0] = 0;
    if (_wcsicmp(name, L"hbgz_service.exe") == 0) one->kind = SERVICE;
    if (!command_line(one->pid, line, LONGEST) || (word = CommandLineToArgvW(line, &words)) == NULL) return;
    for (at = 1; at < words && wcscmp(word[at], L"--") != 0; at++) {
        if (wcscmp(word[at], L"--data") == 0 && at + 1 < words) wcsncpy(one->data, word[++at], 1023);
        else if (wcsncmp(word[at], L"--data=", 7) == 0) wcsncpy(one->data, word[at] + 7, 1023);
        else if (wcscmp(word[at], L"engine") == 0) one->kind = ENGINE;
        else if (wcscmp(word[at], L"-m") == 0 && one->kind == CONSOLE_WINDOW) one->kind = OTHER;
    }
    LocalFree(word);
}

static void look(int wants_kinds)
{
    static wchar_t path[LONGEST];
    PROCESSENTRY32W entry = {.dwSize = sizeof entry};
    HANDLE list = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0), process;
    DWORD self = GetCurrentProcessId(), starter = 0, length;
    int more;
    count = 0;
    if (list == INVALID_HANDLE_VALUE) return;
    for (more = Process32FirstW(list, &entry); more; more = Process32NextW(list, &entry))
        if (entry.th32ProcessID == self) starter = entry.th32ParentProcessID;
    for (more = Process32FirstW(list, &entry); more && count < MOST; more = Process32NextW(list, &entry)) {
        struct copy *one = &copies[count];
        if (entry.th32ProcessID == self || entry.th32ProcessID == starter) continue;
        process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, entry.th32ProcessID);
        if (process == NULL) continue;
        length = LONGEST;
        if (WaitForSingleObject(process, 0) == WAIT_TIMEOUT && QueryFullProcessImageNameW(process, 0, path, &length) &&
            is_below_folder(path) && _wcsicmp(entry.szExeFile, L"uninstall.exe") != 0) {
            one->pid = entry.th32ProcessID;
            one->parent = entry.th32ParentProcessID;
            if (!ProcessIdToSessionId(one->pid, &one->session)) one->session = 0;
            if (wants_kinds) learn_kind(one, entry.szExeFile);
            count++;
        }
        CloseHandle(process);
    }
    CloseHandle(list);
}

static int is_started_by_another(const struct copy *one)
{
    for (int at = 0; at < count; at++)
        if (copies[at].pid == one->parent) return 1;
    return 0;
}

/* One line a console or engine that nothing else of ours started: kind, session, data folder. */
static void write_list(const wchar_t *file)
{
    static wchar_t lines[MOST * 64], line[1200];
    HANDLE out;
    DWORD written;
    lines[0] = 0;
    for (int at = 0; at < count; at++) {
        const struct copy *one = &copies[at];
        if ((one->kind != CONSOLE_WINDOW && one->kind != ENGINE) || is_started_by_another(one)) continue;
        swprintf(line, 1200, L"%c\t%lu\t%ls\n", one->kind == ENGINE ? L'e' : L'c', one->session, one->data);
        if (wcsstr(lines, line) == NULL && wcslen(lines) + wcslen(line) < MOST * 64) wcscat(lines, line);
    }
    out = CreateFileW(file, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (out == INVALID_HANDLE_VALUE) return;
    WriteFile(out, lines, (DWORD)(wcslen(lines) * sizeof(wchar_t)), &written, NULL);
    CloseHandle(out);
}

/* What the system's own Restart Manager sends: the console ends without its closing question. */
static BOOL CALLBACK ask_window(HWND window, LPARAM pid)
{
    DWORD owner = 0;
    DWORD_PTR answer;
    GetWindowThreadProcessId(window, &owner);
    if (owner != (DWORD)pid || GetWindow(window, GW_OWNER) != NULL) return TRUE;
    SendMessageTimeoutW(window, WM_QUERYENDSESSION, 0, ENDSESSION_CLOSEAPP, SMTO_ABORTIFHUNG, 5000, &answer);
    SendMessageTimeoutW(window, WM_ENDSESSION, TRUE, ENDSESSION_CLOSEAPP, SMTO_ABORTIFHUNG, 5000, &answer);
    return TRUE;
}

static void make_line(wchar_t *line, size_t size, const wchar_t *program, const wchar_t *data, const wchar_t *what)
{
    size_t length = wcslen(data);
    const wchar_t *end = length > 0 && data[length - 1] == L'\\' ? L"\\" : L"";   /* "C:\" would quote its quote */
    if (length > 0) swprintf(line, size, L"\"%ls\\%ls\" --data \"%ls%ls\" %ls", folder_as_given, program, data, end, what);
    else swprintf(line, size, L"\"%ls\\%ls\" %ls", folder_as_given, program, what);
}

static HANDLE launch(wchar_t *line, DWORD flags)
{
    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION process;
    if (!CreateProcessW(NULL, line, NULL, NULL, FALSE, flags, NULL, folder_as_given, &start, &process)) return NULL;
    CloseHandle(process.hThread);
    return process.hProcess;
}

/* Consoles close by themselves; `hbgz stop` comes back when its engine has ended, or does not answer for 20 s. */
static void ask_all(void)
{
    static wchar_t line[LONGEST];
    ULONGLONG limit = GetTickCount64() + ASKED_WITHIN_MS, now;
    HANDLE askers[MOST];
    int asked = 0;
    for (int at = 0; at < count; at++)          /* consoles first: they would wonder where the engine went */
        if (copies[at].kind == CONSOLE_WINDOW) EnumWindows(ask_window, (LPARAM)copies[at].pid);
    for (int at = 0; at < count; at++) {
        if (copies[at].kind != ENGINE) continue;
        make_line(line, LONGEST, L"hbgz.exe", copies[at].data, L"stop");
        askers[asked] = launch(line, CREATE_NO_WINDOW);
        if (askers[asked] != NULL) asked++;
    }
    while (asked-- > 0) {
        now = GetTickCount64();
        WaitForSingleObject(askers[asked], now < limit ? (DWORD)(limit - now) : 0);
        CloseHandle(askers[asked]);
    }
}

static void end_left_overs(void)
{
    for (int at = 0; at < count; at++) {
        HANDLE process = OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, copies[at].pid);
        if (process == NULL) continue;
        TerminateProcess(process, 1);           /* nothing that was acknowledged is lost by that */
        WaitForSingleObject(process, 5000);
        CloseHandle(process);
    }
}

static int stop(const wchar_t *list)
{
    ULONGLONG limit;
    look(TRUE);
    write_list(list);
    ask_all();
    limit = GetTickCount64() + ENDS_WITHIN_MS;
    for (look(FALSE); count > 0 && GetTickCount64() < limit; look(FALSE)) Sleep(LOOK_EVERY_MS);
    if (count > 0) end_left_overs();
    look(FALSE);
    return count;
}

static HANDLE token_of_desktop(void)            /* of the person who sits there, without our elevation */
{
    HWND shell = GetShellWindow();
    HANDLE process = NULL, token = NULL, own = NULL;
    DWORD pid = 0;
    if (shell != NULL) GetWindowThreadProcessId(shell, &pid);
    if (pid != 0) process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
    if (process == NULL) return NULL;
    if (OpenProcessToken(process, TOKEN_DUPLICATE, &own)) {
        DuplicateTokenEx(own, TOKEN_ALL_ACCESS, NULL, SecurityImpersonation, TokenPrimary, &token);
        CloseHandle(own);
    }
    CloseHandle(process);
    return token;
}

static int is_elevated(void)
{
    TOKEN_ELEVATION fact = {0};
    HANDLE token;
    DWORD size;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return 0;
    GetTokenInformation(token, TokenElevation, &fact, sizeof fact, &size);
    CloseHandle(token);
    return fact.TokenIsElevated != 0;
}

static int launch_as(HANDLE token, wchar_t *line, int is_own_session)
{
    STARTUPINFOW start = {.cb = sizeof start, .lpDesktop = (wchar_t *)L"winsta0\\default"};
    PROCESS_INFORMATION process;
    void *block = NULL;
    int is_done;
    CreateEnvironmentBlock(&block, token, FALSE);
    if (is_own_session)
        is_done = CreateProcessWithTokenW(token, 0, NULL, line, CREATE_UNICODE_ENVIRONMENT, block, folder_as_given, &start, &process);
    else
        is_done = CreateProcessAsUserW(token, NULL, line, NULL, NULL, FALSE, CREATE_UNICODE_ENVIRONMENT, block,
                                       folder_as_given, &start, &process);
    if (block != NULL) DestroyEnvironmentBlock(block);
    CloseHandle(token);
    if (!is_done) return 0;
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return 1;
}

static void start_one(wchar_t *line, DWORD session)
{
    DWORD own = 0;
    HANDLE token = NULL, process;
    ProcessIdToSessionId(GetCurrentProcessId(), &own);
    if (session != own) {                       /* only the system account may act for another session */
        if (WTSQueryUserToken(session, &token)) launch_as(token, line, FALSE);
        return;
    }
    if (is_elevated() && (token = token_of_desktop()) != NULL && launch_as(token, line, TRUE)) return;
    process = launch(line, 0);
    if (process != NULL) CloseHandle(process);
}

static int start(const wchar_t *list)
{
    static wchar_t lines[MOST * 64 + 1], line[LONGEST];
    HANDLE in = CreateFileW(list, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    DWORD got = 0;
    wchar_t *rest = NULL, *one;
    if (in == INVALID_HANDLE_VALUE) return 0;
    ReadFile(in, lines, sizeof lines - sizeof(wchar_t), &got, NULL);
    CloseHandle(in);
    lines[got / sizeof(wchar_t)] = 0;
    for (one = wcstok_s(lines, L"\n", &rest); one != NULL; one = wcstok_s(NULL, L"\n", &rest)) {
        wchar_t *session = wcschr(one, L'\t'), *data = session != NULL ? wcschr(session + 1, L'\t') : NULL;
        if (data == NULL) continue;
        make_line(line, LONGEST, L"hbgz_desktop.exe", data + 1, one[0] == L'e' ? L"engine" : L"");
        start_one(line, (DWORD)wcstoul(session + 1, NULL, 10));
    }
    return 0;
}

static int run(void)
{
    static wchar_t line[LONGEST];
    DWORD own = 0;
    ProcessIdToSessionId(GetCurrentProcessId(), &own);
    make_line(line, LONGEST, L"hbgz_desktop.exe", L"", L"");
    start_one(line, own);
    return 0;
}

int wmain(int argc, wchar_t **argv)
{
    if (argc < 3) return -1;
    wcsncpy(folder_as_given, argv[1], LONGEST - 1);
    if (!final_path(argv[1], folder)) return 0; /* no such folder: nothing can run out of it */
    see_all_processes();
    if (wcscmp(argv[2], L"count") == 0) return look(FALSE), count;
    if (wcscmp(argv[2], L"run") == 0) return run();
    if (argc < 4) return -1;
    if (wcscmp(argv[2], L"stop") == 0) return stop(argv[3]);
    return wcscmp(argv[2], L"start") == 0 ? start(argv[3]) : -1;
}
