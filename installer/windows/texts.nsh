; What the pages and messages say. $0 and $1 are filled by whoever shows the text.
!macro Text name chinese english
  LangString ${name} 2052 "${chinese}"
  LangString ${name} 1033 "${english}"
!macroend
!define CHINESE_NAME "互认前置台"
!define ENGLISH_NAME "Recognition front desk"
!insertmacro Text APP "${CHINESE_NAME}" "${ENGLISH_NAME}"

; why nothing was installed; the number is the exit code
!insertmacro Text OLDER "已经装了更新的版本 $0，这个安装包是 ${VERSION}。不能装回旧版本：旧程序读不了新版本的数据。" \
  "Version $0 is installed and newer than this ${VERSION}. Going back is refused: the older program cannot read the newer data."
!insertmacro Text BUSY "正在运行的程序停不下来，没有改动任何文件。请关闭它以后再装。" \
  "The running program could not be stopped; nothing was changed. Close it and install again."
!insertmacro Text BROKEN "新版本没有装好，没有换上；原来的版本还在，可以照常使用。多半是杀毒软件拦下了文件，或磁盘写不进去。" \
  "The new version could not be put in place; the former one is still there and works. Most likely a virus scanner held a file back, or the disk could not be written."
!insertmacro Text NO_ROOM "磁盘空间不够：需要 $0 MB，只剩 $1 MB。没有改动任何文件。" \
  "Not enough room: $0 MB needed, $1 MB free. Nothing was changed."
!insertmacro Text OLD_WINDOWS "需要 Windows 10 1809 或更新的 64 位系统。" \
  "Windows 10 1809 or newer (64-bit) is needed."
!insertmacro Text NOT_ADMINISTRATOR "为本机所有用户安装需要管理员权限。" \
  "Installing for everybody on this machine needs an administrator."
!insertmacro Text WRONG_OPTION "安装选项写错了：$0" "Wrong option: $0"
!insertmacro Text INCOMPLETE "程序已装好，但有一步没有成功（服务或数据文件夹的权限）。细节见 $0" \
  "The program is installed, but one step failed (service or rights of the data folder). See $0"
!insertmacro Text ALREADY_RUNNING "安装或卸载正在进行，请等它结束。" "A setup is already under way; wait for it to end."

; the pages of choices
!insertmacro Text MODE_ALL_USERS "为本机所有用户安装：可以作为服务运行，没有人登录也接收(&A)" \
  "For everybody here: can run as a service, with nobody signed in (&A)"
!insertmacro Text MODE_CURRENT_USER "只为我自己安装：我登录以后才接收，不需要管理员(&M)" \
  "For me alone: receives while I am signed in, needs no administrator (&M)"
!insertmacro Text CHOICES_TITLE "接收和启动" "Receiving and starting"
!insertmacro Text CHOICES_SUBTITLE "端口以后可以在程序的设置里改" "The port can be changed later in the settings"
!insertmacro Text CHOICES_PORT "接收影像的端口（DICOM）：" "Port that receives images (DICOM):"
!insertmacro Text CHOICES_SERVICE "作为 Windows 服务收发（没有人登录也收，推荐）" \
  "Receive and send as a Windows service (works with nobody signed in; recommended)"
!insertmacro Text CHOICES_AUTOSTART "登录后自动打开窗口" "Open the window at sign-in"
!insertmacro Text CHOICES_DATA "数据（影像、记录、队列、设置）存放在：" "Data (images, records, queue, settings) will be in:"
!insertmacro Text CHOICES_OPERATORS "只有管理员和“$Operators”组的成员能打开；请把操作员加入该组。" \
  "Only administrators and members of the group $Operators can open it; add the operators to that group."
!insertmacro Text WRONG_PORT "端口应是 1 到 65535 之间的数。" "The port is a number from 1 to 65535."

; progress
!insertmacro Text STEP_COPY "放入新文件（正在运行的程序不受影响）…" "Laying out the new files (what runs goes on)…"
!insertmacro Text STEP_CHECK "检查新文件…" "Checking the new files…"
!insertmacro Text STEP_STOP "停下正在运行的程序…" "Stopping what runs…"
!insertmacro Text STEP_SWAP "换上新版本…" "Putting the new version in place…"
!insertmacro Text STEP_START "重新启动…" "Starting again…"

; removal
!insertmacro Text REMOVE_TITLE "卸载" "Remove"
!insertmacro Text REMOVE_SUBTITLE "从这台电脑上去掉 $(APP)" "Take $(APP) off this computer"
!insertmacro Text REMOVE_KEEPS "程序会被去掉。数据（收到的影像、记录、队列、设置）留在下面的文件夹里，以后再装可以接着用：" \
  "The program goes. The data (images, records, queue, settings) stays in this folder and is used again if you install again:"
!insertmacro Text REMOVE_PURGE "也删除这些数据（不能恢复）" "Delete this data too (cannot be undone)"
!insertmacro Text REMOVE_SURE "真的要删除全部数据吗？还没有上传的影像也会丢失。" \
  "Really delete all data? Images that were not uploaded yet are lost too."
!insertmacro Text SERVICE_DESCRIPTION "互认前置台使用者" "Users of the recognition front desk"
