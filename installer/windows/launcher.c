/* hbgz_desktop.exe (no console) and hbgz.exe (console): the interpreter in our own process, so that task
   list, taskbar and firewall see this program. "-m MODULE ..." runs another module of ours: that is how the
   program starts its engine and its helper processes by its own name. */
#include <windows.h>
#include <stdlib.h>
#include <wchar.h>

typedef int (*py_main_t)(int, wchar_t **);

static int fail(const wchar_t *path, DWORD error)
{
    static wchar_t text[33000];
    swprintf(text, 33000, L"程序文件不完整，请重新安装。\nProgram files are missing; please install again.\n%ls (%lu)\n",
             path, error);
#ifdef CONSOLE
    static char bytes[3 * 33000];
    HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
    DWORD written;
    if (!WriteConsoleW(out, text, (DWORD)wcslen(text), &written, NULL)) {   /* a file or a pipe: UTF-8, as the program writes */
        int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
        if (length > 1) WriteFile(out, bytes, (DWORD)length - 1, &written, NULL);
    }
#else
    DWORD session = 0;
    ProcessIdToSessionId(GetCurrentProcessId(), &session);
    if (session != 0) MessageBoxW(NULL, text, L"hbgz_desktop", MB_ICONERROR);   /* session 0: services, nobody to click */
#endif
    return 3;
}

static int start(int argc, wchar_t **argv)
{
    static wchar_t *const before[] = {L"-I", L"-X", L"utf8", L"-m", L"hbgz_desktop"};
    static wchar_t folder[32768], path[32768];
    int is_module = argc > 2 && wcscmp(argv[1], L"-m") == 0;
    int given = is_module ? 3 : 5, count = 0, at;
    wchar_t **words, *end;
    py_main_t py_main;
    HMODULE python;

    GetModuleFileNameW(NULL, folder, 32768);
    end = wcsrchr(folder, L'\\');
    if (end != NULL) *end = 0;
    SetDllDirectoryW(L"");                      /* no DLL from the current folder */
    swprintf(path, 32768, L"%ls\\python\\python311.dll", folder);
    python = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    py_main = python != NULL ? (py_main_t)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (py_main == NULL) return fail(path, GetLastError());
    words = calloc((size_t)argc + 6, sizeof *words);
    if (words == NULL) return fail(path, ERROR_NOT_ENOUGH_MEMORY);
    words[count++] = argv[0];
    for (at = 0; at < given; at++) words[count++] = before[at];
    for (at = 1; at < argc; at++) words[count++] = argv[at];
    return py_main(count, words);
}

#ifdef CONSOLE
int wmain(int argc, wchar_t **argv)
{
    return start(argc, argv);
}
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE previous, PWSTR line, int show)
{
    (void)instance, (void)previous, (void)line, (void)show;
    return start(__argc, __wargv);
}
#endif
