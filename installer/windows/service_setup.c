/* The verbs of hbgz_service.exe for the installer and for IT (elevated):
     register DATA-FOLDER [GROUP]   make or update the service; GROUP may start and stop it
     unregister                     stop and remove it; nothing to remove is no error
     start | stop                   ask and wait; a service that is not registered counts as stopped
     state                          exit code: 0 not registered, else 1 stopped, 2 starting, 3 stopping, 4 running
   Each returns 0 or a Windows error number and says in one line what it could not do. */
#include "service.h"
#include <sddl.h>
#include <stdio.h>
#include <stdlib.h>

#define SOURCE_KEY L"SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\" SERVICE_NAME
#define ACCOUNT L"NT AUTHORITY\\NetworkService"
#define TITLE L"互认前置台：接收和上传（hbgz_engine）"
#define DESCRIPTION L"接收检查影像并上传到平台；没有人登录时也运行。停止以后，设备发来的图像会被拒绝。"
/* As Windows makes it: the system and administrators everything, other accounts look. */
#define RIGHTS L"D:(A;;CCLCSWRPWPDTLOCRRC;;;SY)(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;BA)(A;;CCLCSWLOCRRC;;;IU)(A;;CCLCSWLOCRRC;;;SU)"
/* And the operators: look, start, stop. */
#define OPERATOR_RIGHTS L"(A;;CCLCSWRPWPLOCRRC;;;%ls)"

static DWORD failed(const char *what, DWORD error)
{
    fprintf(stderr, "hbgz_service: %s: Windows error %lu\n", what, error);
    return error;
}

/* The SID of a group as text; LocalFree it. */
static DWORD sid_of(const wchar_t *group, wchar_t **text)
{
    BYTE sid[SECURITY_MAX_SID_SIZE];
    wchar_t domain[256];
    DWORD sid_size = sizeof sid, domain_size = 256;
    SID_NAME_USE use;
    if (!LookupAccountNameW(NULL, group, sid, &sid_size, domain, &domain_size, &use)) return GetLastError();
    return ConvertSidToStringSidW(sid, text) ? NO_ERROR : GetLastError();
}

static DWORD write_text(const wchar_t *key, const wchar_t *name, const wchar_t *text)
{
    HKEY opened;
    DWORD size = (DWORD)((wcslen(text) + 1) * sizeof *text), error;
    error = RegCreateKeyExW(HKEY_LOCAL_MACHINE, key, 0, NULL, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &opened, NULL);
    if (error) return error;
    error = RegSetValueExW(opened, name, 0, REG_SZ, (const BYTE *)text, size);
    RegCloseKey(opened);
    return error;
}

/* This program has the message table: the event viewer shows whole sentences. */
static DWORD register_source(const wchar_t *program)
{
    DWORD kinds = EVENTLOG_ERROR_TYPE | EVENTLOG_WARNING_TYPE | EVENTLOG_INFORMATION_TYPE;
    DWORD error = write_text(SOURCE_KEY, L"EventMessageFile", program);
    if (error) return error;
    return RegSetKeyValueW(HKEY_LOCAL_MACHINE, SOURCE_KEY, L"TypesSupported", REG_DWORD, &kinds, sizeof kinds);
}

static DWORD let_in(SC_HANDLE service, const wchar_t *sid)
{
    wchar_t text[1024];
    PSECURITY_DESCRIPTOR rights;
    DWORD error = NO_ERROR;
    wcscpy(text, RIGHTS);
    if (sid != NULL) swprintf(text + wcslen(text), 512, OPERATOR_RIGHTS, sid);
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(text, SDDL_REVISION_1, &rights, NULL)) return GetLastError();
    if (!SetServiceObjectSecurity(service, DACL_SECURITY_INFORMATION, rights)) error = GetLastError();
    LocalFree(rights);
    return error;
}

/* What the manager does when this program itself dies (the engine it starts again itself), and the smaller things. */
static DWORD describe(SC_HANDLE service)
{
    SC_ACTION again[] = {{SC_ACTION_RESTART, 5000}, {SC_ACTION_RESTART, 15000}, {SC_ACTION_RESTART, 60000}};
    SERVICE_FAILURE_ACTIONSW actions = {86400, NULL, NULL, 3, again};
    SERVICE_FAILURE_ACTIONS_FLAG also_errors = {TRUE};
    SERVICE_SID_INFO own_sid = {SERVICE_SID_TYPE_UNRESTRICTED};
    SERVICE_PRESHUTDOWN_INFO patience = {PRESHUTDOWN_MS};
    SERVICE_DESCRIPTIONW words = {(wchar_t *)DESCRIPTION};
    struct { DWORD level; void *fact; } facts[] = {
        {SERVICE_CONFIG_DESCRIPTION, &words}, {SERVICE_CONFIG_FAILURE_ACTIONS, &actions},
        {SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, &also_errors}, {SERVICE_CONFIG_SERVICE_SID_INFO, &own_sid},
        {SERVICE_CONFIG_PRESHUTDOWN_INFO, &patience}};
    for (size_t at = 0; at < sizeof facts / sizeof *facts; at++)
        if (!ChangeServiceConfig2W(service, facts[at].level, facts[at].fact) && GetLastError() != ERROR_INVALID_LEVEL)
            return GetLastError();
    return NO_ERROR;
}

static SC_HANDLE made(SC_HANDLE manager, const wchar_t *program)
{
    SC_HANDLE service = OpenServiceW(manager, SERVICE_NAME, SERVICE_ALL_ACCESS);
    if (service == NULL)
        return CreateServiceW(manager, SERVICE_NAME, TITLE, SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS,
                              SERVICE_AUTO_START, SERVICE_ERROR_NORMAL, program, NULL, NULL, NULL, ACCOUNT, NULL);
    if (ChangeServiceConfigW(service, SERVICE_WIN32_OWN_PROCESS, SERVICE_AUTO_START, SERVICE_ERROR_NORMAL, program,
                             NULL, NULL, NULL, NULL, NULL, TITLE))   /* an account that IT chose stays */
        return service;
    CloseServiceHandle(service);
    return NULL;
}

static DWORD register_service(const wchar_t *data, const wchar_t *group)
{
    static wchar_t program[LONGEST], quoted[LONGEST + 2];
    wchar_t *sid = NULL;
    SC_HANDLE manager, service;
    DWORD error = group != NULL ? sid_of(group, &sid) : NO_ERROR;
    if (error) return failed("the operators' group is not known", error);
    GetModuleFileNameW(NULL, program, LONGEST);
    swprintf(quoted, LONGEST + 2, L"\"%ls\"", program);
    if ((error = write_text(MACHINE_KEY, FOLDER_VALUE, data))) return failed("registry", error);
    if ((error = register_source(program))) return failed("event source", error);
    manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CREATE_SERVICE | SC_MANAGER_CONNECT);
    if (manager == NULL) return failed("service manager", GetLastError());
    service = made(manager, quoted);
    if (service == NULL) return failed("create service", GetLastError());
    if ((error = describe(service))) failed("describe service", error);
    else if ((error = let_in(service, sid))) failed("rights of the service", error);
    CloseServiceHandle(service);
    CloseServiceHandle(manager);
    LocalFree(sid);
    return error;
}

static DWORD state_of(SC_HANDLE service)
{
    SERVICE_STATUS found;
    return QueryServiceStatus(service, &found) ? found.dwCurrentState : 0;
}

static DWORD wait_for(SC_HANDLE service, DWORD state)
{
    ULONGLONG limit = GetTickCount64() + WAIT_LIMIT_MS;
    while (state_of(service) != state) {
        if (GetTickCount64() >= limit) return failed("wait", ERROR_SERVICE_REQUEST_TIMEOUT);
        Sleep(200);
    }
    return NO_ERROR;
}

static DWORD stop_it(SC_HANDLE service)
{
    SERVICE_STATUS found;
    DWORD error;
    if (state_of(service) == SERVICE_STOPPED) return NO_ERROR;
    if (!ControlService(service, SERVICE_CONTROL_STOP, &found)) {
        error = GetLastError();                 /* 1061: it is stopping already; 1062: it just ended */
        if (error == ERROR_SERVICE_NOT_ACTIVE) return NO_ERROR;
        if (error != ERROR_SERVICE_CANNOT_ACCEPT_CTRL) return failed("stop", error);
    }
    return wait_for(service, SERVICE_STOPPED);
}

static DWORD start_it(SC_HANDLE service)
{
    DWORD error;
    if (!StartServiceW(service, 0, NULL)) {
        error = GetLastError();
        if (error != ERROR_SERVICE_ALREADY_RUNNING) return failed("start", error);
    }
    return wait_for(service, SERVICE_RUNNING);
}

static DWORD remove_it(SC_HANDLE service)
{
    DWORD error = stop_it(service);
    if (error) return error;
    if (!DeleteService(service)) return failed("delete", GetLastError());
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, SOURCE_KEY);
    return NO_ERROR;
}

static DWORD state_as_code(SC_HANDLE service)
{
    return state_of(service);
}

static DWORD with_service(DWORD access, DWORD (*what)(SC_HANDLE))
{
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT), service;
    DWORD error;
    if (manager == NULL) return failed("service manager", GetLastError());
    service = OpenServiceW(manager, SERVICE_NAME, access);
    if (service == NULL) {
        error = GetLastError();
        CloseServiceHandle(manager);
        if (error != ERROR_SERVICE_DOES_NOT_EXIST) return failed("open service", error);
        return what == start_it ? failed("start", error) : NO_ERROR;
    }
    error = what(service);
    CloseServiceHandle(service);
    CloseServiceHandle(manager);
    return error;
}

int run_verb(int argc, wchar_t **argv)
{
    const wchar_t *verb = argv[1];
    if (!wcscmp(verb, L"register") && (argc == 3 || argc == 4))
        return (int)register_service(argv[2], argc == 4 ? argv[3] : NULL);
    if (!wcscmp(verb, L"unregister"))
        return (int)with_service(SERVICE_QUERY_STATUS | SERVICE_STOP | DELETE, remove_it);
    if (!wcscmp(verb, L"stop")) return (int)with_service(SERVICE_QUERY_STATUS | SERVICE_STOP, stop_it);
    if (!wcscmp(verb, L"start")) return (int)with_service(SERVICE_QUERY_STATUS | SERVICE_START, start_it);
    if (!wcscmp(verb, L"state")) return (int)with_service(SERVICE_QUERY_STATUS, state_as_code);
    fputs("hbgz_service: register DATA-FOLDER [GROUP] | unregister | start | stop | state\n", stderr);
    return ERROR_INVALID_PARAMETER;
}
