<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
    <context>
        <name>AboutSection</name>
        <message>
            <source>Apache-2.0 许可证。所用的开源部件各按自己的许可证，列在程序文件夹里。</source>
            <translation>Apache-2.0 licence. The open source parts used keep their own licences, listed in the program folder.</translation>
        </message>
        <message>
            <source>Windows 防火墙没有让设备连进来</source>
            <translation>Windows firewall does not let devices in</translation>
        </message>
        <message numerus="yes">
            <source>{n} 个文件</source>
            <translation>
                <numerusform>{n} file</numerusform>
                <numerusform>{n} files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} 项都好</source>
            <translation>
                <numerusform>The one check passed</numerusform>
                <numerusform>All {n} checks passed</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} 项里有 {bad} 项要看</source>
            <translation>{bad} of {n} checks need a look</translation>
        </message>
        <message>
            <source>一年内够用</source>
            <translation>enough for a year</translation>
        </message>
        <message>
            <source>上次启动：找回接收 {receives}、发送 {sends}，丢失 {lost}</source>
            <translation>Last start: recovered {receives} receives, {sends} sends, {lost} lost</translation>
        </message>
        <message>
            <source>互认前置台 {version}</source>
            <translation>Exchange desk {version}</translation>
        </message>
        <message>
            <source>互认平台地址没有连通</source>
            <translation>The sharing platform's address did not answer</translation>
        </message>
        <message>
            <source>别的账号也能进数据文件夹</source>
            <translation>Other accounts can enter the data folder too</translation>
        </message>
        <message>
            <source>剩 {free} MB，保留 {reserve} MB</source>
            <translation>{free} MB free, {reserve} MB reserved</translation>
        </message>
        <message>
            <source>命令</source>
            <translation>Command</translation>
        </message>
        <message>
            <source>国密算法结果不对</source>
            <translation>GM ciphers give wrong results</translation>
        </message>
        <message>
            <source>在可以拔下的盘上</source>
            <translation>On a removable drive</translation>
        </message>
        <message>
            <source>在网络盘上</source>
            <translation>On a network drive</translation>
        </message>
        <message>
            <source>已停止</source>
            <translation>stopped</translation>
        </message>
        <message>
            <source>平台地址没有连通</source>
            <translation>Platform address not reachable</translation>
        </message>
        <message>
            <source>平台没有给时间，没有可比的</source>
            <translation>The platform gave no time to compare with</translation>
        </message>
        <message>
            <source>平台没有给时间，系统的自动对时也关着</source>
            <translation>The platform gave no time to compare with, and the system's time service is off</translation>
        </message>
        <message>
            <source>开着</source>
            <translation>On</translation>
        </message>
        <message>
            <source>打开数据文件夹</source>
            <translation>Open data folder</translation>
        </message>
        <message>
            <source>接收和上传没有运行</source>
            <translation>Receiving and uploading are not running</translation>
        </message>
        <message>
            <source>接收和上传：正在启动</source>
            <translation>Receiving and uploading: starting</translation>
        </message>
        <message>
            <source>接收和上传：正在运行，{at} 启动，版本 {version}</source>
            <translation>Receiving and uploading: running since {at}, version {version}</translation>
        </message>
        <message>
            <source>接收和上传：没有运行</source>
            <translation>Receiving and uploading: not running</translation>
        </message>
        <message>
            <source>接收服务没有运行</source>
            <translation>The receiving service does not run</translation>
        </message>
        <message>
            <source>数据</source>
            <translation>Data</translation>
        </message>
        <message>
            <source>有一条规则拦着</source>
            <translation>a rule keeps them out</translation>
        </message>
        <message>
            <source>有放行的规则，还没有设备连进来过</source>
            <translation>a rule lets them in; no device has called yet</translation>
        </message>
        <message>
            <source>有设备连进来过</source>
            <translation>a device has called</translation>
        </message>
        <message>
            <source>本机时钟比平台上次应答还早</source>
            <translation>This clock is behind the platform's last answer</translation>
        </message>
        <message>
            <source>查不到</source>
            <translation>Cannot tell</translation>
        </message>
        <message>
            <source>正在停止</source>
            <translation>stopping</translation>
        </message>
        <message>
            <source>正在启动</source>
            <translation>starting</translation>
        </message>
        <message>
            <source>正在自检…</source>
            <translation>Checking…</translation>
        </message>
        <message>
            <source>正在运行</source>
            <translation>running</translation>
        </message>
        <message>
            <source>没有存 SM4 密钥，或密钥不对</source>
            <translation>No SM4 key is stored, or it is wrong</translation>
        </message>
        <message>
            <source>没有存平台密钥</source>
            <translation>No platform key stored</translation>
        </message>
        <message>
            <source>没有打开</source>
            <translation>Off</translation>
        </message>
        <message>
            <source>没有放行的规则</source>
            <translation>no rule lets them in</translation>
        </message>
        <message>
            <source>由系统服务 {name} 运行，没有人登录时也收</source>
            <translation>run by the system service {name}, also while nobody is signed in</translation>
        </message>
        <message>
            <source>看数据库、磁盘、端口、平台、密钥和时钟，每一项只说查到的。不会发送任何患者数据。</source>
            <translation>Checks database, disk, port, platform, key and clock; each says only what it found. No patient data is sent.</translation>
        </message>
        <message>
            <source>程序</source>
            <translation>Program</translation>
        </message>
        <message>
            <source>端口被别的程序占用</source>
            <translation>Port held by another program</translation>
        </message>
        <message numerus="yes">
            <source>约 {n} 天后到保留线</source>
            <translation>
                <numerusform>reserve reached in about {n} day</numerusform>
                <numerusform>reserve reached in about {n} days</numerusform>
            </translation>
        </message>
        <message>
            <source>自检</source>
            <translation>Self-check</translation>
        </message>
        <message>
            <source>贵州标准 V{version}</source>
            <translation>Guizhou standard V{version}</translation>
        </message>
        <message>
            <source>还没有启用平台</source>
            <translation>No platform enabled</translation>
        </message>
        <message>
            <source>这种格式的盘不能设权限</source>
            <translation>A disk of this format cannot restrict access</translation>
        </message>
        <message>
            <source>防火墙没有打开，还没有设备连进来过</source>
            <translation>the firewall is off; no device has called yet</translation>
        </message>
    </context>
    <context>
        <name>AfterCard</name>
        <message>
            <source>医生去“共享调阅”</source>
            <translation>The physician goes to Shared viewing</translation>
        </message>
        <message>
            <source>姓名</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>姓名和证件号打印时才显示</source>
            <translation>Name and number show only on paper</translation>
        </message>
        <message>
            <source>就诊号</source>
            <translation>Visit number</translation>
        </message>
        <message>
            <source>就诊时间</source>
            <translation>Visit time</translation>
        </message>
        <message>
            <source>平台应答，一般 2 秒</source>
            <translation>The platform answers, usually in 2 seconds</translation>
        </message>
        <message>
            <source>打印授权单…</source>
            <translation>Print the slip…</translation>
        </message>
        <message>
            <source>授权单可打印，给患者签字</source>
            <translation>Print the slip for the patient to sign</translation>
        </message>
        <message>
            <source>登记以后</source>
            <translation>Afterwards</translation>
        </message>
        <message>
            <source>登记以后才能打印</source>
            <translation>Can be printed once it is entered</translation>
        </message>
        <message>
            <source>结果用一句话说清楚，不成也说怎么办</source>
            <translation>One sentence says how it ended, and what to do if it did not work</translation>
        </message>
        <message>
            <source>证件号</source>
            <translation>Certificate number</translation>
        </message>
        <message>
            <source>这位患者已经填好，不用再输</source>
            <translation>This patient is filled in already</translation>
        </message>
    </context>
    <context>
        <name>AppearanceSection</name>
        <message>
            <source>下次打开程序时生效。</source>
            <translation>Takes effect the next time the program is opened.</translation>
        </message>
        <message>
            <source>信息科</source>
            <translation>IT</translation>
        </message>
        <message>
            <source>外观</source>
            <translation>Appearance</translation>
        </message>
        <message>
            <source>没有存下来：{why}</source>
            <translation>Not saved: {why}</translation>
        </message>
        <message>
            <source>浅色</source>
            <translation>Light</translation>
        </message>
        <message>
            <source>深浅色</source>
            <translation>Light or dark</translation>
        </message>
        <message>
            <source>深色</source>
            <translation>Dark</translation>
        </message>
        <message>
            <source>登记员</source>
            <translation>Clerk</translation>
        </message>
        <message>
            <source>登记员：行距宽，话说得明白。信息科：行距紧，多显示 AE、代码和平台原话。</source>
            <translation>Clerk: wide rows, plain words. IT: dense rows, plus AE, codes and the platform's own words.</translation>
        </message>
        <message>
            <source>语言</source>
            <translation>Language</translation>
        </message>
        <message>
            <source>谁在用</source>
            <translation>Who uses it</translation>
        </message>
        <message>
            <source>跟随系统</source>
            <translation>Follow the system</translation>
        </message>
        <message>
            <source>跟随系统时，Windows 换深色，这里也换。</source>
            <translation>When following the system, this turns dark when Windows does.</translation>
        </message>
        <message>
            <source>选了马上生效，不用保存。</source>
            <translation>Takes effect at once, no saving needed.</translation>
        </message>
    </context>
    <context>
        <name>AssignDialog</name>
        <message>
            <source>不指定</source>
            <translation>Do not assign</translation>
        </message>
        <message>
            <source>不换</source>
            <translation>Do not move</translation>
        </message>
        <message>
            <source>两边的人不像同一个，请再核对。指定错了，图像会传到别人名下。</source>
            <translation>These do not look like the same person; please check again. A wrong record puts the images under someone else's name.</translation>
        </message>
        <message>
            <source>先在左边选一条记录</source>
            <translation>Choose a record on the left first</translation>
        </message>
        <message>
            <source>先按检查号、姓名和患者号找；没有时自己查。指定后马上校验、排队上传。</source>
            <translation>Found by accession number, name and patient number; otherwise search yourself. Once assigned, it is checked and queued at once.</translation>
        </message>
        <message>
            <source>可能的记录</source>
            <translation>Possible records</translation>
        </message>
        <message>
            <source>姓名、拼音、检查号、患者号</source>
            <translation>Name, pinyin or number</translation>
        </message>
        <message>
            <source>指定这条记录</source>
            <translation>Assign this record</translation>
        </message>
        <message>
            <source>换到这条记录…</source>
            <translation>Move to this record…</translation>
        </message>
        <message>
            <source>显示姓名</source>
            <translation>Show name</translation>
        </message>
        <message>
            <source>查出图像真正的主人。下一步再确认从平台删除什么，这里还不改动。</source>
            <translation>Find whose images they really are. What goes from the platform is asked next; nothing changes here yet.</translation>
        </message>
        <message>
            <source>没有找到记录。记录导入后，同检查号的会自己对上；也可以换个词查。</source>
            <translation>No record found. Once imported, one with the same accession number matches by itself; or try another word.</translation>
        </message>
        <message>
            <source>这些图像其实属于哪条检查记录？</source>
            <translation>Which exam record do these images really belong to?</translation>
        </message>
        <message>
            <source>这些图像属于哪条检查记录？</source>
            <translation>Which exam record do these images belong to?</translation>
        </message>
        <message numerus="yes">
            <source>这条记录已有 {n} 份图像，这一份会加进去。</source>
            <translation>
                <numerusform>This record already has {n} study of images; this one is added.</numerusform>
                <numerusform>This record already has {n} studies of images; this one is added.</numerusform>
            </translation>
        </message>
        <message>
            <source>遮住</source>
            <translation>Hide</translation>
        </message>
    </context>
    <context>
        <name>AttemptWords</name>
        <message>
            <source>{title}（{n} 次）</source>
            <translation>{title} ({n} times)</translation>
        </message>
        <message>
            <source>已存，有提示</source>
            <translation>Stored, with a remark</translation>
        </message>
        <message>
            <source>平台不认可密钥或机构编号</source>
            <translation>Key or institution code not accepted</translation>
        </message>
        <message>
            <source>平台收下了</source>
            <translation>The platform took it</translation>
        </message>
        <message>
            <source>平台退回</source>
            <translation>Refused by the platform</translation>
        </message>
        <message>
            <source>序列 {series} 第 {number} 幅</source>
            <translation>Series {series}, image {number}</translation>
        </message>
        <message>
            <source>没成，会再试</source>
            <translation>Did not get through, tries again</translation>
        </message>
        <message>
            <source>第 {number} 幅</source>
            <translation>Image {number}</translation>
        </message>
        <message>
            <source>结果来得太晚，记下不用</source>
            <translation>Result came too late; noted, not used</translation>
        </message>
    </context>
    <context>
        <name>AuditExport</name>
        <message>
            <source>做了什么</source>
            <translation>Action</translation>
        </message>
        <message>
            <source>对象</source>
            <translation>Object</translation>
        </message>
        <message>
            <source>导出操作记录</source>
            <translation>Export the audit trail</translation>
        </message>
        <message numerus="yes">
            <source>已导出 {n} 条到 {name}</source>
            <translation>
                <numerusform>Exported {n} row to {name}</numerusform>
                <numerusform>Exported {n} rows to {name}</numerusform>
            </translation>
        </message>
        <message>
            <source>操作记录</source>
            <translation>Audit trail</translation>
        </message>
        <message>
            <source>时间</source>
            <translation>Time</translation>
        </message>
        <message>
            <source>电脑</source>
            <translation>Machine</translation>
        </message>
        <message>
            <source>系统账户</source>
            <translation>Account</translation>
        </message>
        <message>
            <source>细节</source>
            <translation>Details</translation>
        </message>
        <message>
            <source>结果</source>
            <translation>Outcome</translation>
        </message>
        <message>
            <source>谁</source>
            <translation>Who</translation>
        </message>
    </context>
    <context>
        <name>AuditPage</name>
        <message>
            <source>不筛选</source>
            <translation>No filter</translation>
        </message>
        <message>
            <source>今天</source>
            <translation>Today</translation>
        </message>
        <message>
            <source>做了什么</source>
            <translation>Action</translation>
        </message>
        <message>
            <source>先选一条和检查有关的</source>
            <translation>First choose a row about a study</translation>
        </message>
        <message>
            <source>全部</source>
            <translation>All</translation>
        </message>
        <message>
            <source>共 {all} 条，按筛选显示 {n} 条</source>
            <translation>{all} rows, {n} match the filter</translation>
        </message>
        <message>
            <source>只增不改</source>
            <translation>never changed, only added to</translation>
        </message>
        <message>
            <source>对象</source>
            <translation>Object</translation>
        </message>
        <message>
            <source>导出</source>
            <translation>Export</translation>
        </message>
        <message>
            <source>导出 {n} 条</source>
            <translation>Export {n} rows</translation>
        </message>
        <message>
            <source>所有人的</source>
            <translation>Everyone's</translation>
        </message>
        <message>
            <source>找对象或细节</source>
            <translation>Find an object or detail</translation>
        </message>
        <message>
            <source>换个时间、人或说法再试。</source>
            <translation>Try another time, person or word.</translation>
        </message>
        <message>
            <source>操作记录</source>
            <translation>Audit trail</translation>
        </message>
        <message>
            <source>时间</source>
            <translation>Time</translation>
        </message>
        <message>
            <source>最近 30 天</source>
            <translation>Last 30 days</translation>
        </message>
        <message>
            <source>最近 7 天</source>
            <translation>Last 7 days</translation>
        </message>
        <message>
            <source>条</source>
            <translation>rows</translation>
        </message>
        <message>
            <source>没有可以导出的</source>
            <translation>Nothing to export</translation>
        </message>
        <message>
            <source>看这份检查</source>
            <translation>Show this study</translation>
        </message>
        <message>
            <source>系统账户和电脑</source>
            <translation>Account and machine</translation>
        </message>
        <message>
            <source>细节</source>
            <translation>Details</translation>
        </message>
        <message>
            <source>结果</source>
            <translation>Outcome</translation>
        </message>
        <message>
            <source>自己的</source>
            <translation>Your own</translation>
        </message>
        <message>
            <source>谁</source>
            <translation>Who</translation>
        </message>
        <message>
            <source>谁在什么时候做了什么，新的在前。信息科看得到所有人的，登记员看自己的。记录只增不改；导出的表里没有患者姓名。选一条和检查有关的，按 Enter 就到那份检查。</source>
            <translation>Who did what and when, newest first. IT sees everyone's rows, a clerk their own. Rows are only added, never changed; the exported table holds no patient names. Choose a row about a study and press Enter to go to it.</translation>
        </message>
        <message>
            <source>还没有操作记录</source>
            <translation>No audit rows yet</translation>
        </message>
        <message>
            <source>这样筛选没有记录</source>
            <translation>No row matches this filter</translation>
        </message>
        <message>
            <source>重试、改设置、改字典、看遮住的姓名、导出……每一步都会记在这里。</source>
            <translation>Retries, settings, code mappings, looks at masked names, exports: every step is kept here.</translation>
        </message>
    </context>
    <context>
        <name>AuthorizationActs</name>
        <message>
            <source>姓名</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>就诊号</source>
            <translation>Visit number</translation>
        </message>
        <message>
            <source>就诊时间</source>
            <translation>Visit time</translation>
        </message>
        <message>
            <source>已记下撤回，不再发给平台</source>
            <translation>Withdrawal recorded; nothing more is sent</translation>
        </message>
        <message>
            <source>手机号</source>
            <translation>Phone</translation>
        </message>
        <message>
            <source>登记</source>
            <translation>Entered</translation>
        </message>
        <message>
            <source>证件号</source>
            <translation>Certificate number</translation>
        </message>
    </context>
    <context>
        <name>AuthorizationDrawer</name>
        <message>
            <source>再发一次</source>
            <translation>Send once more</translation>
        </message>
        <message>
            <source>去共享调阅</source>
            <translation>Shared viewing</translation>
        </message>
        <message>
            <source>发过几次</source>
            <translation>Times sent</translation>
        </message>
        <message>
            <source>就诊号</source>
            <translation>Visit number</translation>
        </message>
        <message>
            <source>就诊时间</source>
            <translation>Visit time</translation>
        </message>
        <message>
            <source>平台收下</source>
            <translation>Taken</translation>
        </message>
        <message>
            <source>患者 ID</source>
            <translation>Patient ID</translation>
        </message>
        <message>
            <source>手机号</source>
            <translation>Phone</translation>
        </message>
        <message>
            <source>打印授权单…</source>
            <translation>Print the slip…</translation>
        </message>
        <message>
            <source>撤回授权…</source>
            <translation>Withdraw…</translation>
        </message>
        <message>
            <source>改过再发</source>
            <translation>Correct and send</translation>
        </message>
        <message>
            <source>显示姓名</source>
            <translation>Show name</translation>
        </message>
        <message>
            <source>现在就发</source>
            <translation>Send now</translation>
        </message>
        <message>
            <source>登记</source>
            <translation>Entered</translation>
        </message>
        <message>
            <source>证件</source>
            <translation>Certificate</translation>
        </message>
        <message>
            <source>证件号</source>
            <translation>Certificate number</translation>
        </message>
        <message>
            <source>还没有</source>
            <translation>None yet</translation>
        </message>
        <message>
            <source>遮住</source>
            <translation>Hide</translation>
        </message>
    </context>
    <context>
        <name>AuthorizationEntry</name>
        <message>
            <source>上次登记的</source>
            <translation>As entered before</translation>
        </message>
        <message>
            <source>不用再登记。是另一次就诊的话，请改就诊号。</source>
            <translation>No need to enter it again. For another visit, change the visit number.</translation>
        </message>
        <message>
            <source>会打字的读卡器、扫码枪都可以，光标在这张表的哪一栏都行。</source>
            <translation>Any reader or scanner that types will do, whichever field of this form the cursor is in.</translation>
        </message>
        <message>
            <source>先问患者，同意了再打勾</source>
            <translation>Ask the patient first; tick when they agree</translation>
        </message>
        <message>
            <source>再发一次</source>
            <translation>Send once more</translation>
        </message>
        <message>
            <source>去共享调阅</source>
            <translation>Shared viewing</translation>
        </message>
        <message>
            <source>可以登记</source>
            <translation>Ready to enter</translation>
        </message>
        <message>
            <source>和证件上一样的话，可以照样登记。</source>
            <translation>If it is the same on the certificate, enter it all the same.</translation>
        </message>
        <message>
            <source>平台一般 2 秒内应答。</source>
            <translation>The platform usually answers within 2 seconds.</translation>
        </message>
        <message>
            <source>患者已当面同意在本次就诊中查看外院结果</source>
            <translation>The patient agreed, here, that results of other hospitals are looked at in this visit</translation>
        </message>
        <message>
            <source>打印授权单…</source>
            <translation>Print the slip…</translation>
        </message>
        <message>
            <source>扫身份证，或者在右边找来过的患者；也可以一项一项填。</source>
            <translation>Scan the identity card, find a known patient at the right, or type.</translation>
        </message>
        <message>
            <source>把身份证放上读卡器，或者直接扫</source>
            <translation>Put the identity card on the reader, or scan it</translation>
        </message>
        <message>
            <source>改好再登记</source>
            <translation>Correct it, then enter it again</translation>
        </message>
        <message>
            <source>改过再发</source>
            <translation>Correct and send</translation>
        </message>
        <message>
            <source>核对过，照样登记</source>
            <translation>Checked, enter it</translation>
        </message>
        <message>
            <source>正在登记</source>
            <translation>Entering…</translation>
        </message>
        <message>
            <source>没填的 {names}，医生调阅时一定要有，能补就补。</source>
            <translation>Not filled in: {names}. The physician will need it; add it if you can.</translation>
        </message>
        <message>
            <source>没有登记上</source>
            <translation>Not entered</translation>
        </message>
        <message>
            <source>看那一条</source>
            <translation>Show it</translation>
        </message>
        <message>
            <source>等下一位患者</source>
            <translation>Waiting for the next patient</translation>
        </message>
        <message>
            <source>证件号第 18 位不对，请核对最后几位</source>
            <translation>Check digit does not match; check the last digits</translation>
        </message>
        <message>
            <source>还差：{names}</source>
            <translation>Still missing: {names}</translation>
        </message>
        <message>
            <source>这次就诊 {at} 登记过：{state}</source>
            <translation>This visit was entered at {at}: {state}</translation>
        </message>
        <message>
            <source>这次就诊登记过了</source>
            <translation>This visit was entered before</translation>
        </message>
        <message>
            <source>这次就诊还没有登记过。姓名、证件号、手机号、就诊号加密后才发出。</source>
            <translation>This visit was not entered before. Name, numbers and phone are encrypted before they are sent.</translation>
        </message>
    </context>
    <context>
        <name>AuthorizationList</name>
        <message>
            <source>不筛选</source>
            <translation>No filter</translation>
        </message>
        <message>
            <source>人</source>
            <translation>patients</translation>
        </message>
        <message>
            <source>今天</source>
            <translation>Today</translation>
        </message>
        <message>
            <source>全部</source>
            <translation>All</translation>
        </message>
        <message>
            <source>在登记页登记一位患者，这里就有一行。</source>
            <translation>Enter a patient on the form, and a line appears here.</translation>
        </message>
        <message>
            <source>姓名、拼音、就诊号</source>
            <translation>Name, pinyin, visit number</translation>
        </message>
        <message>
            <source>就诊</source>
            <translation>Visit</translation>
        </message>
        <message>
            <source>患者</source>
            <translation>Patient</translation>
        </message>
        <message>
            <source>换个时间、状态或说法再试。</source>
            <translation>Try another period, state or spelling.</translation>
        </message>
        <message>
            <source>时间</source>
            <translation>Time</translation>
        </message>
        <message>
            <source>最近 30 天</source>
            <translation>last 30 days</translation>
        </message>
        <message>
            <source>最近 7 天</source>
            <translation>Last 7 days</translation>
        </message>
        <message>
            <source>状态</source>
            <translation>State</translation>
        </message>
        <message>
            <source>登记</source>
            <translation>Entered</translation>
        </message>
        <message>
            <source>说明</source>
            <translation>Explanation</translation>
        </message>
        <message>
            <source>还没有登记过</source>
            <translation>Nobody entered yet</translation>
        </message>
        <message>
            <source>这样筛选没有登记</source>
            <translation>No entry matches this filter</translation>
        </message>
    </context>
    <context>
        <name>AuthorizationPage</name>
        <message>
            <source>下一位</source>
            <translation>Next patient</translation>
        </message>
        <message>
            <source>回到登记</source>
            <translation>Back to the form</translation>
        </message>
        <message>
            <source>患者授权</source>
            <translation>Authorization</translation>
        </message>
        <message>
            <source>来自{source}</source>
            <translation>From: {source}</translation>
        </message>
        <message>
            <source>正在登记</source>
            <translation>Entering…</translation>
        </message>
        <message>
            <source>河北平台还没有设置好</source>
            <translation>Hebei's platform is not set up yet</translation>
        </message>
        <message>
            <source>登记下一位</source>
            <translation>Enter the next</translation>
        </message>
        <message>
            <source>登记后，医生才能查看这位患者在外院的检查检验结果</source>
            <translation>Only then may a physician look at this patient's results of other hospitals</translation>
        </message>
        <message>
            <source>登记授权</source>
            <translation>Enter authorization</translation>
        </message>
        <message>
            <source>登记记录</source>
            <translation>Entries</translation>
        </message>
        <message>
            <source>登记过的患者，姓名和证件号遮住；Enter 打开一条</source>
            <translation>Everyone entered, names and numbers masked; Enter opens one</translation>
        </message>
        <message>
            <source>等平台应答</source>
            <translation>Waiting for the platform</translation>
        </message>
        <message>
            <source>给一位患者登记授权：扫身份证或者填证件号，再填就诊号，Ctrl+Enter 登记，Ctrl+N 换下一位。回车到下一个空着的格子，F8 到下一个有问题的格子。平台不应答时照常登记，恢复后程序自动发出。右边能找来过的患者，也能看今天登记的；患者反悔时打开那一条，点“撤回授权”。</source>
            <translation>Enter a patient's authorization: scan the identity card or type the number, then the visit number; Ctrl+Enter enters it, Ctrl+N begins the next. Enter goes to the next empty field, F8 to the next problem. While the platform is away go on as usual; it is sent by itself later. At the right: known patients, and who was entered today; if a patient changes their mind, open the line and withdraw it.</translation>
        </message>
    </context>
    <context>
        <name>AuthorizationWords</name>
        <message>
            <source>{at} 撤回，{who} 记的</source>
            <translation>Withdrawn {at}, recorded by {who}</translation>
        </message>
        <message>
            <source>不用操作，平台恢复后程序自动发出。</source>
            <translation>Nothing to do; it is sent by itself once the platform is back.</translation>
        </message>
        <message>
            <source>不用操作，程序 {at} 再试，平台恢复后自动发出。</source>
            <translation>Nothing to do; the program retries at {at} and sends it once the platform is back.</translation>
        </message>
        <message>
            <source>可以打印授权单；医生去“共享调阅”，这位患者已经填好。</source>
            <translation>Print the slip; in Shared viewing the physician finds this patient filled in.</translation>
        </message>
        <message>
            <source>已授权</source>
            <translation>Authorized</translation>
        </message>
        <message>
            <source>已授权，平台 {at} 收下了</source>
            <translation>Authorized; the platform took it at {at}</translation>
        </message>
        <message>
            <source>已撤回</source>
            <translation>Withdrawn</translation>
        </message>
        <message>
            <source>已记下，等平台恢复</source>
            <translation>Recorded; waiting for the platform</translation>
        </message>
        <message>
            <source>平台没有撤回的接口，不会自动告诉平台；需要时请信息科联系平台。</source>
            <translation>The platform has no call for withdrawals and is not told; IT contacts it if needed.</translation>
        </message>
        <message>
            <source>平台没有收</source>
            <translation>Refused</translation>
        </message>
        <message>
            <source>平台没有收：{why}</source>
            <translation>The platform refused it: {why}</translation>
        </message>
        <message>
            <source>平台的话：{words}</source>
            <translation>The platform says: {words}</translation>
        </message>
        <message>
            <source>正在发</source>
            <translation>Sending</translation>
        </message>
        <message>
            <source>正在发给平台</source>
            <translation>Being sent to the platform</translation>
        </message>
        <message>
            <source>没有发出去过。</source>
            <translation>It was never sent.</translation>
        </message>
        <message>
            <source>没有应答</source>
            <translation>No answer</translation>
        </message>
        <message>
            <source>等平台恢复</source>
            <translation>Platform down</translation>
        </message>
    </context>
    <context>
        <name>CodeMark</name>
        <message>
            <source>两个名称</source>
            <translation>two names</translation>
        </message>
        <message>
            <source>位数不对</source>
            <translation>wrong length</translation>
        </message>
        <message>
            <source>名称有错字</source>
            <translation>misprinted name</translation>
        </message>
        <message>
            <source>编码可疑</source>
            <translation>suspicious code</translation>
        </message>
    </context>
    <context>
        <name>CodePicker</name>
        <message>
            <source>↑↓ 选择   Enter 用它   Esc 关闭</source>
            <translation>↑↓ choose   Enter take it   Esc close</translation>
        </message>
        <message>
            <source>全部 {count} 个</source>
            <translation>All {count}</translation>
        </message>
        <message>
            <source>可选的代码</source>
            <translation>Codes to choose from</translation>
        </message>
        <message>
            <source>建议</source>
            <translation>Suggestions</translation>
        </message>
        <message>
            <source>按 {text} 找到 {count} 个</source>
            <translation>{count} found by {text}</translation>
        </message>
        <message>
            <source>按 {text} 找到的其他</source>
            <translation>Others found by {text}</translation>
        </message>
        <message>
            <source>没有找到“{text}”，换个写法试试</source>
            <translation>Nothing found for "{text}"; try another spelling</translation>
        </message>
        <message>
            <source>编码、名称或拼音首字母</source>
            <translation>Code, name or pinyin initials</translation>
        </message>
    </context>
    <context>
        <name>CodeQuestion</name>
        <message>
            <source>不用</source>
            <translation>Discard</translation>
        </message>
        <message>
            <source>核对过了，就用它</source>
            <translation>Checked, use it</translation>
        </message>
        <message>
            <source>用 {code}“{name}”？</source>
            <translation>Use {code} "{name}"?</translation>
        </message>
    </context>
    <context>
        <name>CodeSetBrowser</name>
        <message>
            <source>CSV 表格 (*.csv)</source>
            <translation>CSV table (*.csv)</translation>
        </message>
        <message>
            <source>Excel 表格 (*.xlsx)</source>
            <translation>Excel workbook (*.xlsx)</translation>
        </message>
        <message>
            <source>V{version} 第 {section} 节</source>
            <translation>V{version} section {section}</translation>
        </message>
        <message>
            <source>代码</source>
            <translation>Code</translation>
        </message>
        <message>
            <source>代码集</source>
            <translation>Code set</translation>
        </message>
        <message>
            <source>全部</source>
            <translation>All</translation>
        </message>
        <message>
            <source>名称</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>字典名 {name}</source>
            <translation>dictionary {name}</translation>
        </message>
        <message>
            <source>字典名 {name}，字段名 {alias}</source>
            <translation>dictionary {name}, field {alias}</translation>
        </message>
        <message>
            <source>导出了 {n} 项标准代码</source>
            <translation>Exported {n} standard codes</translation>
        </message>
        <message>
            <source>导出标准代码</source>
            <translation>Export standard codes</translation>
        </message>
        <message>
            <source>导出这张表（XLSX 或 CSV）…</source>
            <translation>Export this table (XLSX or CSV)…</translation>
        </message>
        <message>
            <source>换个写法试试，可以用拼音首字母。</source>
            <translation>Try another spelling; pinyin initials work too.</translation>
        </message>
        <message>
            <source>标准代码</source>
            <translation>Standard codes</translation>
        </message>
        <message>
            <source>标准里印的 {n} 项，照原文，只能看不能改</source>
            <translation>{n} printed in the standard, as printed, read only</translation>
        </message>
        <message>
            <source>没有找到</source>
            <translation>Nothing found</translation>
        </message>
        <message>
            <source>编码、名称、拼音或首字母</source>
            <translation>Code, name, pinyin or initials</translation>
        </message>
        <message>
            <source>项</source>
            <translation>codes</translation>
        </message>
    </context>
    <context>
        <name>ConfirmDialog</name>
        <message>
            <source>请输入 {text}，确认是它</source>
            <translation>Type {text} to confirm it is the one</translation>
        </message>
    </context>
    <context>
        <name>ConsoleWindow</name>
        <message>
            <source>上传队列</source>
            <translation>Queue</translation>
        </message>
        <message>
            <source>互认前置台</source>
            <translation>Exchange desk</translation>
        </message>
        <message>
            <source>共享调阅</source>
            <translation>Shared viewing</translation>
        </message>
        <message>
            <source>前台</source>
            <translation>Reception</translation>
        </message>
        <message>
            <source>字典对照</source>
            <translation>Code mapping</translation>
        </message>
        <message>
            <source>待处理</source>
            <translation>Needs fix</translation>
        </message>
        <message>
            <source>总览</source>
            <translation>Overview</translation>
        </message>
        <message>
            <source>患者授权</source>
            <translation>Authorization</translation>
        </message>
        <message>
            <source>操作记录</source>
            <translation>Audit trail</translation>
        </message>
        <message>
            <source>数据</source>
            <translation>Data</translation>
        </message>
        <message>
            <source>检查</source>
            <translation>Studies</translation>
        </message>
        <message>
            <source>系统</source>
            <translation>System</translation>
        </message>
        <message>
            <source>设置</source>
            <translation>Settings</translation>
        </message>
        <message>
            <source>跨院调阅</source>
            <translation>Other hospitals</translation>
        </message>
        <message>
            <source>运行日志</source>
            <translation>Log</translation>
        </message>
        <message>
            <source>还没有填医院名称</source>
            <translation>Hospital name not set</translation>
        </message>
        <message>
            <source>这一页是信息科的。请信息科的人按 F9 换成自己的名字。</source>
            <translation>This page is for IT. Ask someone from IT to press F9 and sign in with their own name.</translation>
        </message>
    </context>
    <context>
        <name>CopyRow</name>
        <message>
            <source>复制</source>
            <translation>Copy</translation>
        </message>
        <message>
            <source>复制{name}</source>
            <translation>Copy {name}</translation>
        </message>
        <message>
            <source>已复制</source>
            <translation>Copied</translation>
        </message>
    </context>
    <context>
        <name>CorrectionSection</name>
        <message>
            <source>{label}，原来 {old}，改成 {new}</source>
            <translation>{label}: was {old}, now {new}</translation>
        </message>
        <message>
            <source>{time} 传过，{again} 按更正又传了一遍</source>
            <translation>Sent at {time}, corrected at {again}</translation>
        </message>
        <message>
            <source>{time} 传过；下面的改动等着按更正上传</source>
            <translation>Sent at {time}; the changes below wait to go as a correction</translation>
        </message>
        <message>
            <source>原来传的</source>
            <translation>As sent</translation>
        </message>
        <message numerus="yes">
            <source>另有 {n} 项</source>
            <translation>
                <numerusform>{n} more</numerusform>
                <numerusform>{n} more</numerusform>
            </translation>
        </message>
        <message>
            <source>改成</source>
            <translation>Now</translation>
        </message>
        <message>
            <source>更正</source>
            <translation>Correction</translation>
        </message>
    </context>
    <context>
        <name>CountsCard</name>
        <message>
            <source>检查不互认</source>
            <translation>Not recognised</translation>
        </message>
        <message>
            <source>检查已互认</source>
            <translation>Recognised</translation>
        </message>
        <message>
            <source>检查，平台查到</source>
            <translation>Examinations found</translation>
        </message>
        <message>
            <source>检验不互认</source>
            <translation>Not recognised</translation>
        </message>
        <message>
            <source>检验已互认</source>
            <translation>Recognised</translation>
        </message>
        <message>
            <source>检验，平台查到</source>
            <translation>Laboratory found</translation>
        </message>
    </context>
    <context>
        <name>CrashDialog</name>
        <message>
            <source>复制</source>
            <translation>Copy</translation>
        </message>
        <message>
            <source>已复制</source>
            <translation>Copied</translation>
        </message>
        <message>
            <source>接收和上传在另一个程序里，没有停。请把编号 {report_id} 告诉信息科。</source>
            <translation>Receiving and uploading run in another program and did not stop. Please give IT the number {report_id}.</translation>
        </message>
        <message>
            <source>程序出了一个错</source>
            <translation>The program made a mistake</translation>
        </message>
        <message>
            <source>程序出了一个错，可以继续用</source>
            <translation>The program made a mistake; you can go on</translation>
        </message>
        <message>
            <source>继续</source>
            <translation>Go on</translation>
        </message>
    </context>
    <context>
        <name>DeletionDialog</name>
        <message>
            <source>不删除</source>
            <translation>Do not delete</translation>
        </message>
        <message>
            <source>为什么删除</source>
            <translation>Why it is deleted</translation>
        </message>
        <message>
            <source>会删除</source>
            <translation>To be deleted</translation>
        </message>
        <message>
            <source>先写为什么删除</source>
            <translation>First write why</translation>
        </message>
        <message>
            <source>先输入这份检查的检查号</source>
            <translation>First type this exam's accession number</translation>
        </message>
        <message numerus="yes">
            <source>其中 {n} 幅本机已经没有文件，重传前要先从 PACS 取回。</source>
            <translation>
                <numerusform>{n} of them has no file here any more and has to come from the PACS before it can be sent again.</numerusform>
                <numerusform>{n} of them have no file here any more and have to come from the PACS before they can be sent again.</numerusform>
            </translation>
        </message>
        <message>
            <source>删除</source>
            <translation>delete</translation>
        </message>
        <message>
            <source>删除以后</source>
            <translation>Afterwards</translation>
        </message>
        <message>
            <source>删除后不再上传</source>
            <translation>Do not send again</translation>
        </message>
        <message>
            <source>删除后重新上传</source>
            <translation>Send again afterwards</translation>
        </message>
        <message>
            <source>和这份检查的检查号不一样，请核对是不是要删这一份</source>
            <translation>Not this exam's accession number: check that this is the one to delete</translation>
        </message>
        <message numerus="yes">
            <source>图像 {n} 幅</source>
            <translation>
                <numerusform>{n} image</numerusform>
                <numerusform>{n} images</numerusform>
            </translation>
        </message>
        <message>
            <source>图像和记录留在本机，标为“不用传”，以后可以改主意。</source>
            <translation>Images and record stay here, marked Not uploaded; you can change your mind later.</translation>
        </message>
        <message>
            <source>平台</source>
            <translation>Platform</translation>
        </message>
        <message>
            <source>平台上的记录、图像和报告一起删除，不能撤销；本机上的都留着。</source>
            <translation>Record, images and report at the platform go together and cannot be brought back; everything on this computer stays.</translation>
        </message>
        <message>
            <source>平台删除以后，程序用新的索引把记录、图像和报告重传一遍。</source>
            <translation>Once the platform has deleted it, the program sends record, images and report again under a new index.</translation>
        </message>
        <message numerus="yes">
            <source>报告 {n} 份</source>
            <translation>
                <numerusform>{n} report</numerusform>
                <numerusform>{n} reports</numerusform>
            </translation>
        </message>
        <message>
            <source>本院检查号</source>
            <translation>Our accession number</translation>
        </message>
        <message>
            <source>检查记录 1 份</source>
            <translation>1 exam record</translation>
        </message>
        <message>
            <source>索引</source>
            <translation>Index</translation>
        </message>
        <message>
            <source>记在操作记录里；不要写患者姓名和证件号</source>
            <translation>Kept in the audit trail; write no patient's name or number</translation>
        </message>
        <message>
            <source>输入检查号 {number}，确认是它</source>
            <translation>Type accession number {number} to confirm</translation>
        </message>
        <message>
            <source>这份检查没有检查号。输入“删除”两个字确认</source>
            <translation>This exam has no accession number. Type delete to confirm</translation>
        </message>
    </context>
    <context>
        <name>DeletionFacts</name>
        <message>
            <source>不再上传，以后可以改主意</source>
            <translation>Not sent again unless somebody says so</translation>
        </message>
        <message>
            <source>删除以后</source>
            <translation>Afterwards</translation>
        </message>
        <message>
            <source>删除完成</source>
            <translation>Deleted at</translation>
        </message>
        <message>
            <source>原因</source>
            <translation>Reason</translation>
        </message>
        <message>
            <source>又决定上传</source>
            <translation>Sent again by</translation>
        </message>
        <message>
            <source>图像归到另一条记录，两份检查重新上传</source>
            <translation>Images go to another record, both exams are sent again</translation>
        </message>
        <message>
            <source>平台对这个索引的回答</source>
            <translation>The platform's answer to this index</translation>
        </message>
        <message>
            <source>用新的索引重新上传</source>
            <translation>Sent again under a new index</translation>
        </message>
        <message>
            <source>索引</source>
            <translation>Index</translation>
        </message>
        <message>
            <source>谁要求的</source>
            <translation>Asked by</translation>
        </message>
        <message>
            <source>这次删除</source>
            <translation>This deletion</translation>
        </message>
    </context>
    <context>
        <name>DeliveryLines</name>
        <message>
            <source>{done}/{total} 幅</source>
            <translation>{done}/{total} images</translation>
        </message>
        <message>
            <source>{time} 重试</source>
            <translation>Retry {time}</translation>
        </message>
        <message>
            <source>不用传</source>
            <translation>Not uploaded</translation>
        </message>
        <message>
            <source>内容有变</source>
            <translation>Changed</translation>
        </message>
        <message>
            <source>删除</source>
            <translation>Deletion</translation>
        </message>
        <message>
            <source>图像</source>
            <translation>Images</translation>
        </message>
        <message>
            <source>已取消</source>
            <translation>Cancelled</translation>
        </message>
        <message>
            <source>报告</source>
            <translation>Report</translation>
        </message>
        <message>
            <source>排队</source>
            <translation>In line</translation>
        </message>
        <message>
            <source>核算校验码</source>
            <translation>Checksums</translation>
        </message>
        <message>
            <source>检查记录</source>
            <translation>Record</translation>
        </message>
        <message>
            <source>等前一项</source>
            <translation>Waits its turn</translation>
        </message>
        <message>
            <source>等图像</source>
            <translation>Needs images</translation>
        </message>
        <message>
            <source>等报告</source>
            <translation>Needs report</translation>
        </message>
        <message>
            <source>等收齐</source>
            <translation>Not complete yet</translation>
        </message>
        <message>
            <source>等结算</source>
            <translation>Needs settlement</translation>
        </message>
    </context>
    <context>
        <name>DeskFigures</name>
        <message>
            <source>共享调阅，今天（次）</source>
            <translation>Shared viewing today (queries)</translation>
        </message>
        <message>
            <source>取回结果</source>
            <translation>Results fetched</translation>
        </message>
        <message>
            <source>已授权</source>
            <translation>Authorized</translation>
        </message>
        <message>
            <source>平台没有收</source>
            <translation>Refused</translation>
        </message>
        <message>
            <source>患者授权，今天（人）</source>
            <translation>Authorizations today (patients)</translation>
        </message>
        <message>
            <source>查询</source>
            <translation>Queries</translation>
        </message>
        <message>
            <source>没有可互认的</source>
            <translation>Nothing to recognise</translation>
        </message>
        <message>
            <source>登记的</source>
            <translation>Entered</translation>
        </message>
        <message>
            <source>等着发送</source>
            <translation>Waiting to be sent</translation>
        </message>
        <message>
            <source>还没办完，不限日期（人）</source>
            <translation>Still open, any day (patients)</translation>
        </message>
    </context>
    <context>
        <name>DeskLaunches</name>
        <message>
            <source>不筛选</source>
            <translation>No filter</translation>
        </message>
        <message>
            <source>今天查过的在“全部”里。</source>
            <translation>All of today's queries are under All.</translation>
        </message>
        <message>
            <source>今天的共享调阅</source>
            <translation>Shared viewing today</translation>
        </message>
        <message>
            <source>今天还没有查过</source>
            <translation>No query yet today</translation>
        </message>
        <message>
            <source>全部</source>
            <translation>All</translation>
        </message>
        <message>
            <source>取回了结果</source>
            <translation>Results fetched</translation>
        </message>
        <message>
            <source>在“共享调阅”查一位已授权的患者，这里就有一行。</source>
            <translation>Query an authorized patient in Shared viewing, and a line appears here.</translation>
        </message>
        <message>
            <source>患者</source>
            <translation>Patient</translation>
        </message>
        <message>
            <source>时间</source>
            <translation>Time</translation>
        </message>
        <message>
            <source>次</source>
            <translation>queries</translation>
        </message>
        <message>
            <source>没有可互认的</source>
            <translation>Nothing to recognise</translation>
        </message>
        <message>
            <source>状态</source>
            <translation>State</translation>
        </message>
        <message>
            <source>看什么</source>
            <translation>What was asked</translation>
        </message>
        <message>
            <source>谁查的</source>
            <translation>Asked by</translation>
        </message>
        <message>
            <source>还没取回结果</source>
            <translation>Not fetched yet</translation>
        </message>
        <message>
            <source>这样筛选没有</source>
            <translation>Nothing passes this filter</translation>
        </message>
    </context>
    <context>
        <name>DeviceCells</name>
        <message>
            <source>允许</source>
            <translation>Allow</translation>
        </message>
        <message>
            <source>同时连的太多，设备会自己再试</source>
            <translation>Too many connections at once; the device tries again</translation>
        </message>
        <message>
            <source>图像（幅）</source>
            <translation>Images</translation>
        </message>
        <message>
            <source>字符集</source>
            <translation>Character set</translation>
        </message>
        <message>
            <source>对方中断</source>
            <translation>Aborted</translation>
        </message>
        <message>
            <source>已拒绝</source>
            <translation>Rejected</translation>
        </message>
        <message>
            <source>已结束</source>
            <translation>Ended</translation>
        </message>
        <message>
            <source>开始</source>
            <translation>Started</translation>
        </message>
        <message>
            <source>拒绝</source>
            <translation>Reject</translation>
        </message>
        <message numerus="yes">
            <source>拒绝过 {n} 次</source>
            <translation>
                <numerusform>Rejected {n} time</numerusform>
                <numerusform>Rejected {n} times</numerusform>
            </translation>
        </message>
        <message>
            <source>按设置</source>
            <translation>By setting</translation>
        </message>
        <message>
            <source>接收</source>
            <translation>Receiving</translation>
        </message>
        <message>
            <source>断线</source>
            <translation>Lost</translation>
        </message>
        <message>
            <source>最近图像</source>
            <translation>Last image</translation>
        </message>
        <message>
            <source>最近活动</source>
            <translation>Last activity</translation>
        </message>
        <message>
            <source>状态</source>
            <translation>State</translation>
        </message>
        <message>
            <source>被拒绝</source>
            <translation>Rejected</translation>
        </message>
        <message>
            <source>设备</source>
            <translation>Device</translation>
        </message>
        <message>
            <source>设备里填的被叫 AE 是 {called}，要改成本机的</source>
            <translation>The device calls AE {called}; set this computer's AE in the device</translation>
        </message>
        <message>
            <source>还没有允许这台设备，在下面选它可以允许</source>
            <translation>This device is not allowed yet; choose it below to allow it</translation>
        </message>
        <message>
            <source>还没有图像</source>
            <translation>No images yet</translation>
        </message>
        <message>
            <source>连着</source>
            <translation>Connected</translation>
        </message>
    </context>
    <context>
        <name>DevicePolicy</name>
        <message>
            <source>{device} 按设置</source>
            <translation>{device} follows the setting</translation>
        </message>
        <message>
            <source>{device} 的姓名以后按新的字符集读</source>
            <translation>Names from {device} are read with the new character set from now on</translation>
        </message>
        <message>
            <source>以后允许 {device}</source>
            <translation>{device} is allowed from now on</translation>
        </message>
        <message>
            <source>以后拒绝 {device}，正在发的会发完</source>
            <translation>{device} is rejected from now on; what it is sending gets through</translation>
        </message>
        <message>
            <source>允许</source>
            <translation>Allow</translation>
        </message>
        <message>
            <source>拒绝</source>
            <translation>Reject</translation>
        </message>
        <message>
            <source>按设置</source>
            <translation>By setting</translation>
        </message>
        <message>
            <source>缺字符集时按</source>
            <translation>If none is named, read as</translation>
        </message>
        <message>
            <source>这台设备</source>
            <translation>This device</translation>
        </message>
    </context>
    <context>
        <name>DevicesSection</name>
        <message numerus="yes">
            <source>{n} 次，最近 {at}</source>
            <translation>
                <numerusform>{n} time, last {at}</numerusform>
                <numerusform>{n} times, last {at}</numerusform>
            </translation>
        </message>
        <message>
            <source>个</source>
            <translation>connections</translation>
        </message>
        <message>
            <source>台</source>
            <translation>devices</translation>
        </message>
        <message>
            <source>图像不论哪一种都收；这里是设备提出、本机不提供的服务，多半不影响发图像。</source>
            <translation>Images of every kind are received; these are services the device asked for and this computer does not offer, mostly harmless for sending images.</translation>
        </message>
        <message>
            <source>在 CT、MR、DX 或 PACS 的“DICOM 目的地”里填这几样。有几个地址时，用和设备同一个网段的那个。</source>
            <translation>Enter these as "DICOM destination" in the CT, MR, DX or PACS. If there are several addresses, use the one in the device's own network.</translation>
        </message>
        <message>
            <source>在设备里填好上面几样，发一幅或点设备上的“测试”（C-ECHO），这里马上会出现。</source>
            <translation>Enter the values above in the device, then send an image or press its "Test" (C-ECHO); it shows up here at once.</translation>
        </message>
        <message>
            <source>最近 30 天</source>
            <translation>last 30 days</translation>
        </message>
        <message>
            <source>正在发的在最上面</source>
            <translation>Those sending are on top</translation>
        </message>
        <message>
            <source>没有接受的种类</source>
            <translation>Kinds not accepted</translation>
        </message>
        <message>
            <source>被拒绝过的在最上面，选一台可以改</source>
            <translation>Rejected ones are on top; choose one to change it</translation>
        </message>
        <message>
            <source>认识的设备</source>
            <translation>Known devices</translation>
        </message>
        <message>
            <source>设备里这样填</source>
            <translation>Enter this in the device</translation>
        </message>
        <message>
            <source>还没有认识的设备</source>
            <translation>No known devices yet</translation>
        </message>
        <message>
            <source>还没有设备连过来</source>
            <translation>No device has connected yet</translation>
        </message>
        <message>
            <source>连接</source>
            <translation>Connections</translation>
        </message>
        <message>
            <source>连过来一次的设备会记在这里，被拒绝的也会。</source>
            <translation>Devices that connected once are kept here, rejected ones too.</translation>
        </message>
    </context>
    <context>
        <name>Drawer</name>
        <message>
            <source>关闭，Esc</source>
            <translation>Close, Esc</translation>
        </message>
        <message>
            <source>更多</source>
            <translation>More</translation>
        </message>
    </context>
    <context>
        <name>EmptyWords</name>
        <message>
            <source> 或 </source>
            <translation> or </translation>
        </message>
        <message numerus="yes">
            <source>{window} {total} 份，已确认 {confirmed} 份</source>
            <translation>
                <numerusform>{window}: {total} study, {confirmed} confirmed</numerusform>
                <numerusform>{window}: {total} studies, {confirmed} confirmed</numerusform>
            </translation>
        </message>
        <message>
            <source>{window}还没有收到检查</source>
            <translation>{window}: no studies received yet</translation>
        </message>
        <message>
            <source>一共</source>
            <translation>In all</translation>
        </message>
        <message>
            <source>到设置里测试接收</source>
            <translation>Test receiving in Settings</translation>
        </message>
        <message>
            <source>在 CT、MR、DX 或 PACS 里新建一个 DICOM 目的地：
AE 名称 {ae}，地址 {address}，端口 {port}。
第一幅图像到了，这里会自己出现；记录没有也先收下。</source>
            <translation>Add a DICOM destination in the CT, MR, DX or PACS:
AE title {ae}, address {address}, port {port}.
The first image shows up here by itself; it is received even without a record.</translation>
        </message>
        <message>
            <source>本机的 IP 地址</source>
            <translation>this computer's IP address</translation>
        </message>
        <message>
            <source>没有未完成的检查</source>
            <translation>No unfinished studies</translation>
        </message>
        <message>
            <source>没有符合筛选的检查</source>
            <translation>No study matches the filter</translation>
        </message>
        <message>
            <source>清除筛选</source>
            <translation>Clear filter</translation>
        </message>
        <message>
            <source>看全部</source>
            <translation>Show all</translation>
        </message>
        <message>
            <source>看已确认的</source>
            <translation>Show confirmed</translation>
        </message>
        <message>
            <source>看近 7 天</source>
            <translation>Show last 7 days</translation>
        </message>
        <message>
            <source>筛选：{parts}</source>
            <translation>Filter: {parts}</translation>
        </message>
        <message>
            <source>设备一发来图像，这里会自己出现</source>
            <translation>They show up here as soon as a device sends images</translation>
        </message>
        <message>
            <source>还没有收到检查</source>
            <translation>No studies received yet</translation>
        </message>
    </context>
    <context>
        <name>EngineRestart</name>
        <message>
            <source>命令已复制，交给信息科在管理员命令行里运行</source>
            <translation>The command was copied; IT runs it in an administrator's command prompt</translation>
        </message>
        <message>
            <source>复制命令</source>
            <translation>Copy the command</translation>
        </message>
        <message>
            <source>接收和上传已重新启动</source>
            <translation>Receiving and uploading restarted</translation>
        </message>
        <message>
            <source>接收和上传没有起来，请信息科看“设置”里的“自检”</source>
            <translation>Receiving and uploading did not come up; IT, please run the self-check in Settings</translation>
        </message>
    </context>
    <context>
        <name>ExpectedDialog</name>
        <message>
            <source>PACS 上是几幅？</source>
            <translation>How many images does the PACS have?</translation>
        </message>
        <message>
            <source>不改</source>
            <translation>Do not change</translation>
        </message>
        <message>
            <source>已收到 {n} 幅。空着表示不知道。</source>
            <translation>{n} received. Empty means unknown.</translation>
        </message>
        <message>
            <source>所有序列加起来的数，在 PACS 上看。不上传的图像也算在内。</source>
            <translation>All series together, as the PACS shows it, with images that are not uploaded.</translation>
        </message>
        <message>
            <source>记下</source>
            <translation>Note it</translation>
        </message>
        <message>
            <source>这份检查应有几幅</source>
            <translation>Expected images of this study</translation>
        </message>
    </context>
    <context>
        <name>FailureWords</name>
        <message>
            <source>图像太大，本机不展开。</source>
            <translation>The image is too large to be decoded here.</translation>
        </message>
        <message>
            <source>图像数据不完整，或者与文件头写的不符。</source>
            <translation>The image data is incomplete, or not what the header says.</translation>
        </message>
        <message>
            <source>展开这幅图像用时太长，已经放弃。</source>
            <translation>Decoding this image took too long and was given up.</translation>
        </message>
        <message>
            <source>接收和上传不受影响。</source>
            <translation> Receiving and uploading are not affected.</translation>
        </message>
        <message>
            <source>文件已不在本机：按保存期限清理了，或者被移走了。</source>
            <translation>The file is no longer on this computer: cleared after its keeping time, or moved.</translation>
        </message>
        <message>
            <source>文件读不出来。请信息科检查磁盘和文件夹权限。</source>
            <translation>The file cannot be read. IT should check the disk and the folder's permissions.</translation>
        </message>
        <message>
            <source>本机内存不够展开这幅图像。</source>
            <translation>There is not enough memory to decode this image.</translation>
        </message>
        <message>
            <source>这个对象里没有图像，例如结构化报告或波形。</source>
            <translation>This object holds no image; it may be a structured report or a waveform.</translation>
        </message>
        <message>
            <source>这幅图像不能显示</source>
            <translation>This image cannot be shown</translation>
        </message>
        <message>
            <source>这幅图像让读图程序出错，已经跳过。</source>
            <translation>The image broke the decoding process and was left out.</translation>
        </message>
        <message>
            <source>这种像素格式本机不能显示。</source>
            <translation>This pixel format cannot be shown here.</translation>
        </message>
        <message>
            <source>这种压缩方式（例如视频）本机不能显示。</source>
            <translation>This compression (video, for example) cannot be shown here.</translation>
        </message>
    </context>
    <context>
        <name>FieldEditor</name>
        <message>
            <source>现在：{code}</source>
            <translation>Now: {code}</translation>
        </message>
        <message>
            <source>还没有代码</source>
            <translation>No code yet</translation>
        </message>
    </context>
    <context>
        <name>FirstRunSteps</name>
        <message>
            <source>两步做完，就能给患者登记授权，查看他在外院的检查检验结果。</source>
            <translation>After two steps patients' authorizations can be entered and their results from other hospitals viewed.</translation>
        </message>
        <message>
            <source>以后再说</source>
            <translation>Later</translation>
        </message>
        <message>
            <source>图像收下就先落盘，断电、断网都不会丢。三步做完就开始上传，先做哪一步都行。</source>
            <translation>Images are on disk once received and survive power and network cuts. Uploading begins after three steps, in any order.</translation>
        </message>
        <message>
            <source>在另一个窗口里，用编造的患者和本机的模拟平台走一遍全程。试用数据永远不会发给真平台。</source>
            <translation>Goes through everything in another window, with made-up patients and a simulated platform on this computer. Practice data is never sent to the real platform.</translation>
        </message>
        <message>
            <source>开始演练</source>
            <translation>Start practice</translation>
        </message>
        <message>
            <source>正在听</source>
            <translation>Listening</translation>
        </message>
        <message>
            <source>用模拟平台演练</source>
            <translation>Practise with the simulated platform</translation>
        </message>
    </context>
    <context>
        <name>FixCauses</name>
        <message numerus="yes">
            <source>{n} 组有变化·刷新</source>
            <translation>
                <numerusform>{n} group changed·Refresh</numerusform>
                <numerusform>{n} groups changed·Refresh</numerusform>
            </translation>
        </message>
        <message>
            <source>修好的会自动重新校验并上传，不用再点。</source>
            <translation>What is fixed is checked again and uploaded by itself.</translation>
        </message>
        <message>
            <source>原因</source>
            <translation>Cause</translation>
        </message>
    </context>
    <context>
        <name>FixCodePanel</name>
        <message numerus="yes">
            <source>{n} 份检查在等</source>
            <translation>
                <numerusform>{n} study waits</numerusform>
                <numerusform>{n} studies wait</numerusform>
            </translation>
        </message>
        <message>
            <source>上一件还在做</source>
            <translation>The previous action is still running</translation>
        </message>
        <message>
            <source>保存并放行 {n} 份</source>
            <translation>Save and release {n}</translation>
        </message>
        <message>
            <source>先选一个平台代码</source>
            <translation>Choose the platform's code first</translation>
        </message>
        <message>
            <source>医院的写法</source>
            <translation>Hospital's wording</translation>
        </message>
        <message>
            <source>只改眼前这一份</source>
            <translation>Change only this one</translation>
        </message>
        <message>
            <source>只改眼前这一份 {number}</source>
            <translation>Change only this one, {number}</translation>
        </message>
        <message>
            <source>只改这 1 份并放行</source>
            <translation>Change this one and release</translation>
        </message>
        <message numerus="yes">
            <source>字典 {n} 项</source>
            <translation>
                <numerusform>{n} code</numerusform>
                <numerusform>{n} codes</numerusform>
            </translation>
        </message>
        <message>
            <source>字段 {name}</source>
            <translation>Field {name}</translation>
        </message>
        <message>
            <source>平台的代码</source>
            <translation>Platform's code</translation>
        </message>
        <message numerus="yes">
            <source>放行 {n} 份</source>
            <translation>
                <numerusform>Release {n} study</numerusform>
                <numerusform>Release {n} studies</numerusform>
            </translation>
        </message>
        <message>
            <source>标准没有印这张代码表，按平台给的填</source>
            <translation>The standard does not print this code table; type what the platform gave you</translation>
        </message>
        <message>
            <source>正在保存</source>
            <translation>Saving</translation>
        </message>
        <message>
            <source>照原文</source>
            <translation>as printed</translation>
        </message>
        <message>
            <source>记进字典对照，{n} 份一起修</source>
            <translation>Add to code mapping, fixes {n} together</translation>
        </message>
        <message>
            <source>还没保存</source>
            <translation>Not saved yet</translation>
        </message>
        <message>
            <source>还没有</source>
            <translation>None yet</translation>
        </message>
        <message>
            <source>这样修</source>
            <translation>How to fix it</translation>
        </message>
        <message>
            <source>选一个平台代码（输入编码、名称或拼音首字母）</source>
            <translation>Choose the platform's code (type code, name or pinyin initials)</translation>
        </message>
        <message>
            <source>选好后记住，以后不再问</source>
            <translation>Remembered; not asked again</translation>
        </message>
    </context>
    <context>
        <name>FixEvidence</name>
        <message>
            <source>{source} 第 {row} 行</source>
            <translation>{source}, row {row}</translation>
        </message>
        <message>
            <source>先选一份检查</source>
            <translation>Choose a study first</translation>
        </message>
        <message numerus="yes">
            <source>另有 {n} 份，修好前面的会接着显示</source>
            <translation>
                <numerusform>{n} more; it shows once those above are fixed</numerusform>
                <numerusform>{n} more; they show once those above are fixed</numerusform>
            </translation>
        </message>
        <message>
            <source>对照着看</source>
            <translation>Evidence</translation>
        </message>
        <message>
            <source>检查 {n}</source>
            <translation>Study {n}</translation>
        </message>
        <message>
            <source>检查描述</source>
            <translation>Study description</translation>
        </message>
        <message>
            <source>没有检查号</source>
            <translation>No accession number</translation>
        </message>
        <message>
            <source>申请项目</source>
            <translation>Requested exam</translation>
        </message>
        <message>
            <source>看这份检查</source>
            <translation>Show</translation>
        </message>
        <message>
            <source>记录来自</source>
            <translation>Record from</translation>
        </message>
        <message>
            <source>设备</source>
            <translation>Device</translation>
        </message>
        <message>
            <source>还有 {n} 份…</source>
            <translation>{n} more…</translation>
        </message>
    </context>
    <context>
        <name>FixFieldPanel</name>
        <message>
            <source>保存并放行 1 份</source>
            <translation>Save and release 1</translation>
        </message>
        <message>
            <source>保存这 1 份，看下一份</source>
            <translation>Save this one, show the next</translation>
        </message>
        <message>
            <source>先改好这个字段</source>
            <translation>Correct this field first</translation>
        </message>
        <message>
            <source>再传也不会成功，要先改内容</source>
            <translation>Sending again will not help; the content must change</translation>
        </message>
        <message>
            <source>复制情况给信息科</source>
            <translation>Copy the facts for IT</translation>
        </message>
        <message>
            <source>字段 {name}</source>
            <translation>Field {name}</translation>
        </message>
        <message>
            <source>已复制，可以发给信息科；里面没有姓名和证件号</source>
            <translation>Copied, ready to send to IT; it has no names or certificate numbers</translation>
        </message>
        <message>
            <source>平台原话</source>
            <translation>The platform's words</translation>
        </message>
        <message>
            <source>平台没有说原因</source>
            <translation>The platform gave no reason</translation>
        </message>
        <message>
            <source>平台退回</source>
            <translation>Refused by the platform</translation>
        </message>
        <message>
            <source>改哪个字段</source>
            <translation>Field to fix</translation>
        </message>
        <message>
            <source>改好以后程序自己重新校验并上传</source>
            <translation>Once fixed, it is checked again and uploaded by itself</translation>
        </message>
        <message numerus="yes">
            <source>最多 {n} 个字符</source>
            <translation>
                <numerusform>At most {n} character</numerusform>
                <numerusform>At most {n} characters</numerusform>
            </translation>
        </message>
        <message>
            <source>来自 {source}</source>
            <translation>From {source}</translation>
        </message>
        <message numerus="yes">
            <source>检查号 {number}，共 {n} 份</source>
            <translation>
                <numerusform>Accession {number}, {n} study</numerusform>
                <numerusform>Accession {number}, {n} studies</numerusform>
            </translation>
        </message>
        <message>
            <source>正在保存</source>
            <translation>Saving</translation>
        </message>
        <message>
            <source>没有要改的检查</source>
            <translation>No studies to fix</translation>
        </message>
        <message>
            <source>第 {row} 行</source>
            <translation>Row {row}</translation>
        </message>
        <message>
            <source>要在来源系统里改</source>
            <translation>Fix it in the source system</translation>
        </message>
        <message>
            <source>这一项不在检查记录里（结算行、报告或图像），请在来源系统里改好，再导入一次。</source>
            <translation>This is not in the exam record (but in a settlement row, report or image); correct it in the source system and import again.</translation>
        </message>
    </context>
    <context>
        <name>FixIndexPanel</name>
        <message>
            <source>为什么保留旧索引</source>
            <translation>Why the old index stays</translation>
        </message>
        <message>
            <source>保留旧索引</source>
            <translation>Keep the old index</translation>
        </message>
        <message>
            <source>先写为什么保留</source>
            <translation>First write why it stays</translation>
        </message>
        <message>
            <source>删除旧的，用新的重传…</source>
            <translation>Delete the old, send the new…</translation>
        </message>
        <message>
            <source>已经不用决定了</source>
            <translation>There is nothing to decide any more</translation>
        </message>
        <message>
            <source>平台上的旧索引</source>
            <translation>Old index at the platform</translation>
        </message>
        <message>
            <source>换成新索引</source>
            <translation>Take the new index</translation>
        </message>
        <message>
            <source>旧索引保留，改动按更正上传</source>
            <translation>Old index kept; the changes go as a correction</translation>
        </message>
        <message>
            <source>显示证件号</source>
            <translation>Show numbers</translation>
        </message>
        <message>
            <source>正在保存</source>
            <translation>Saving</translation>
        </message>
        <message>
            <source>正在看是哪一份</source>
            <translation>Looking which one it is</translation>
        </message>
        <message>
            <source>现在应该是</source>
            <translation>Should now be</translation>
        </message>
        <message>
            <source>索引不变，改过的内容按更正上传。平台上仍按旧的证件号和时间查得到它。</source>
            <translation>The index stays, the changes go as a correction. At the platform it is still found by the old certificate and time.</translation>
        </message>
        <message>
            <source>要信息科的人来做</source>
            <translation>For IT to do</translation>
        </message>
        <message>
            <source>请平台删除旧索引下的记录、图像和报告，平台答应后用新索引重传一遍。证件号或检查时间原来写错了，选这个。</source>
            <translation>The platform deletes record, images and report of the old index, then all goes again under the new one. Choose this when certificate or exam time had been wrong.</translation>
        </message>
        <message>
            <source>遮住</source>
            <translation>Hide</translation>
        </message>
    </context>
    <context>
        <name>FixPanel</name>
        <message>
            <source>第 {n} 组，共 {total} 组</source>
            <translation>Group {n} of {total}</translation>
        </message>
    </context>
    <context>
        <name>FixResults</name>
        <message>
            <source>{n} 份开始上传</source>
            <translation>{n} uploading</translation>
        </message>
        <message numerus="yes">
            <source>{n} 份还有别的问题</source>
            <translation>
                <numerusform>{n} has another problem</numerusform>
                <numerusform>{n} have another problem</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} 份还等结算或报告</source>
            <translation>
                <numerusform>{n} waits for settlement or report</numerusform>
                <numerusform>{n} wait for settlement or report</numerusform>
            </translation>
        </message>
        <message>
            <source>停下了，其余 {n} 份程序接着放行</source>
            <translation>stopped; the program releases the other {n} by itself</translation>
        </message>
        <message>
            <source>已撤销</source>
            <translation>Undone</translation>
        </message>
        <message numerus="yes">
            <source>已撤销；{n} 份已经开始上传，不受影响</source>
            <translation>
                <numerusform>Undone; {n} is already uploading and not affected</numerusform>
                <numerusform>Undone; {n} are already uploading and not affected</numerusform>
            </translation>
        </message>
        <message>
            <source>已记为处理过 {n} 项</source>
            <translation>{n} marked as dealt with</translation>
        </message>
        <message numerus="yes">
            <source>收回 {n} 份</source>
            <translation>
                <numerusform>Take back {n} study</numerusform>
                <numerusform>Take back {n} studies</numerusform>
            </translation>
        </message>
        <message>
            <source>改好了，程序自己接着上传</source>
            <translation>Fixed; the program goes on with the upload</translation>
        </message>
        <message>
            <source>放行了 {n} 份：{parts}</source>
            <translation>Released {n}: {parts}</translation>
        </message>
        <message>
            <source>记住了；现在没有检查在等它</source>
            <translation>Remembered; no study waits for it now</translation>
        </message>
        <message numerus="yes">
            <source>这一处改好了，这份检查还有 {n} 处问题</source>
            <translation>
                <numerusform>Fixed; this study has {n} more problem</numerusform>
                <numerusform>Fixed; this study has {n} more problems</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FixRowsPanel</name>
        <message numerus="yes">
            <source>另有 {n} 行</source>
            <translation>
                <numerusform>{n} more row</numerusform>
                <numerusform>{n} more rows</numerusform>
            </translation>
        </message>
        <message>
            <source>同一个文件的其他行都收下了；改好后再导入一次，这里会自己消失。</source>
            <translation>The other rows of the file were imported; once corrected and imported again, this goes away by itself.</translation>
        </message>
        <message>
            <source>图像和记录都留在本机，什么都不会丢。</source>
            <translation>Images and records stay here; nothing is lost.</translation>
        </message>
        <message>
            <source>在检查里逐份决定：补传新收到的，或保留平台上的</source>
            <translation>Decide study by study in Studies: send the newer images, or keep what the platform has</translation>
        </message>
        <message>
            <source>已处理这 {n} {unit}</source>
            <translation>Done with these {n} {unit}</translation>
        </message>
        <message>
            <source>收到的字节原样留在本机的隔离区，没有丢。</source>
            <translation>The bytes received are kept as they are in quarantine here; nothing is lost.</translation>
        </message>
        <message>
            <source>整个文件</source>
            <translation>Whole file</translation>
        </message>
        <message>
            <source>正在保存</source>
            <translation>Saving</translation>
        </message>
        <message>
            <source>看设备有没有发送；收到图像后程序自己接着做</source>
            <translation>See whether the device sent them; the program goes on by itself once images arrive</translation>
        </message>
        <message>
            <source>看这 {n} 份</source>
            <translation>Show these {n}</translation>
        </message>
        <message>
            <source>第 {n} 行</source>
            <translation>Row {n}</translation>
        </message>
        <message>
            <source>等 RIS 导入这些检查的记录，或在检查里指定是哪一条</source>
            <translation>Wait for the RIS to import these records, or assign them in Studies</translation>
        </message>
        <message>
            <source>设备没有报名字</source>
            <translation>The device gave no name</translation>
        </message>
        <message>
            <source>请技师从设备或 PACS 补发，到了自动补传；数填错了就改应有几幅</source>
            <translation>Ask the technician to send the rest, it is uploaded when it arrives; or correct the expected count</translation>
        </message>
    </context>
    <context>
        <name>FixWords</name>
        <message>
            <source>{label}“{value}”没有对应代码</source>
            <translation>{label} "{value}" has no code</translation>
        </message>
        <message>
            <source>上传以后图像内容有变</source>
            <translation>Images changed after the upload</translation>
        </message>
        <message>
            <source>不能收作图像的对象：{why}</source>
            <translation>Objects that are no images: {why}</translation>
        </message>
        <message>
            <source>个</source>
            <translation>objects</translation>
        </message>
        <message>
            <source>份</source>
            <translation>studies</translation>
        </message>
        <message>
            <source>信息科</source>
            <translation>IT</translation>
        </message>
        <message>
            <source>信息科：决定发不发新的</source>
            <translation>IT: decide whether to send the newer ones</translation>
        </message>
        <message>
            <source>平台</source>
            <translation>Platform</translation>
        </message>
        <message>
            <source>平台原话</source>
            <translation>The platform's words</translation>
        </message>
        <message>
            <source>平台没有说原因</source>
            <translation>The platform gave no reason</translation>
        </message>
        <message>
            <source>平台退回：{words}</source>
            <translation>Refused: {words}</translation>
        </message>
        <message>
            <source>收到的和应有的数目不一样</source>
            <translation>Received and expected counts differ</translation>
        </message>
        <message>
            <source>有图像，没找到检查记录</source>
            <translation>Images are here, no exam record found</translation>
        </message>
        <message>
            <source>有记录，没收到图像</source>
            <translation>Record is here, no images received</translation>
        </message>
        <message>
            <source>没有收下的行：{why}</source>
            <translation>Rows not imported: {why}</translation>
        </message>
        <message>
            <source>登记员</source>
            <translation>Clerk</translation>
        </message>
        <message>
            <source>登记员：照平台的话改内容，再传也不会成功</source>
            <translation>Clerk: change what the platform names; sending again will not help</translation>
        </message>
        <message>
            <source>登记员：看设备有没有发送</source>
            <translation>Clerk: check whether the device sent them</translation>
        </message>
        <message>
            <source>登记员：等 RIS 导入，或指定是哪条记录</source>
            <translation>Clerk: wait for the RIS import, or assign the record</translation>
        </message>
        <message>
            <source>登记员：请技师补发，或改应有几幅</source>
            <translation>Clerk: have the rest sent, or correct the expected count</translation>
        </message>
        <message>
            <source>登记员：选一个代码，一次修好 {n} 份</source>
            <translation>Clerk: choose one code, fixes {n} at once</translation>
        </message>
        <message>
            <source>程序</source>
            <translation>Program</translation>
        </message>
        <message>
            <source>行</source>
            <translation>rows</translation>
        </message>
        <message>
            <source>逐份补填；很多都缺时请信息科看数据来源</source>
            <translation>Fill in one by one; if many lack it, ask IT to check the source</translation>
        </message>
    </context>
    <context>
        <name>FormField</name>
        <message>
            <source>必填</source>
            <translation>required</translation>
        </message>
    </context>
    <context>
        <name>FormStep</name>
        <message>
            <source>以 http:// 或 https:// 开头，不带空格、? 和 #。</source>
            <translation>Starts with http:// or https://, without blanks, ? and #.</translation>
        </message>
        <message>
            <source>只写 http:// 或 https://、主机和端口，后面不带路径。</source>
            <translation>http:// or https://, host and port only, no path.</translation>
        </message>
        <message>
            <source>填 12 位字母或数字。</source>
            <translation>12 letters or digits.</translation>
        </message>
        <message>
            <source>填 32 位十六进制数字或 16 个英文字符。</source>
            <translation>Enter 32 hex digits or 16 ASCII characters.</translation>
        </message>
        <message>
            <source>填 6 位数字，或者不填。</source>
            <translation>6 digits, or leave empty.</translation>
        </message>
        <message>
            <source>最长 30 位。</source>
            <translation>At most 30 characters.</translation>
        </message>
        <message>
            <source>最长 64 位。</source>
            <translation>At most 64 characters.</translation>
        </message>
        <message>
            <source>正在保存…</source>
            <translation>Saving…</translation>
        </message>
        <message>
            <source>没有保存：{why}</source>
            <translation>Not saved: {why}</translation>
        </message>
        <message>
            <source>这一项要填</source>
            <translation>This is required</translation>
        </message>
        <message>
            <source>这个值不能用。</source>
            <translation>This value cannot be used.</translation>
        </message>
    </context>
    <context>
        <name>HebeiUnready</name>
        <message>
            <source>SM4 密钥</source>
            <translation>SM4 key</translation>
        </message>
        <message>
            <source>互认平台地址</source>
            <translation>platform address</translation>
        </message>
        <message>
            <source>去填{name}</source>
            <translation>Enter the {name}</translation>
        </message>
        <message>
            <source>机构编码</source>
            <translation>organisation code</translation>
        </message>
        <message>
            <source>河北平台还没有设置好</source>
            <translation>Hebei's platform is not set up yet</translation>
        </message>
        <message>
            <source>请信息科填好，填完这里就能用。</source>
            <translation>IT fills them in; then this page can be used.</translation>
        </message>
        <message>
            <source>还缺：{names}</source>
            <translation>Still missing: {names}</translation>
        </message>
        <message>
            <source>默认 HIS 医生编码</source>
            <translation>default HIS physician code</translation>
        </message>
        <message>
            <source>默认 HIS 科室编码</source>
            <translation>default HIS department code</translation>
        </message>
    </context>
    <context>
        <name>HospitalStep</name>
        <message>
            <source>6 位；记录里都有就不用填</source>
            <translation>6 digits; not needed if every record has it</translation>
        </message>
        <message>
            <source>HIS 机构编码</source>
            <translation>HIS institution code</translation>
        </message>
        <message>
            <source>hisOrgCode，平台没有要求就不填</source>
            <translation>hisOrgCode; leave empty unless the platform asks for it</translation>
        </message>
        <message>
            <source>infCode，最长 30 位</source>
            <translation>infCode, at most 30 characters</translation>
        </message>
        <message>
            <source>orgCode，平台给本院的</source>
            <translation>orgCode, given by the platform</translation>
        </message>
        <message>
            <source>不填</source>
            <translation>Leave empty</translation>
        </message>
        <message>
            <source>两个平台都接</source>
            <translation>Both platforms</translation>
        </message>
        <message>
            <source>交易机构编号</source>
            <translation>Institution code</translation>
        </message>
        <message>
            <source>保存编号</source>
            <translation>Save codes</translation>
        </message>
        <message>
            <source>先选省份</source>
            <translation>Choose the province first</translation>
        </message>
        <message>
            <source>医保区划代码</source>
            <translation>Insurance region code</translation>
        </message>
        <message>
            <source>医院名称</source>
            <translation>Hospital name</translation>
        </message>
        <message>
            <source>医院等级</source>
            <translation>Hospital level</translation>
        </message>
        <message>
            <source>报文 ID 前缀</source>
            <translation>Message ID prefix</translation>
        </message>
        <message>
            <source>显示在左上角，也写进记录</source>
            <translation>Shown at the top left and written into records</translation>
        </message>
        <message>
            <source>机构编码</source>
            <translation>Institution code</translation>
        </message>
        <message>
            <source>没有说明是谁时用它，在 HIS 里查</source>
            <translation>Used when nobody is named; look it up in the HIS</translation>
        </message>
        <message>
            <source>河北（互认共享）</source>
            <translation>Hebei (result sharing)</translation>
        </message>
        <message>
            <source>省份</source>
            <translation>Province</translation>
        </message>
        <message>
            <source>省份和机构编号</source>
            <translation>Province and institution code</translation>
        </message>
        <message>
            <source>编号不是 12 位时，要填平台给的 12 位前缀</source>
            <translation>The platform's 12-character prefix, if the code is not 12 characters</translation>
        </message>
        <message>
            <source>记录里都有就不用填</source>
            <translation>Not needed if every record has it</translation>
        </message>
        <message>
            <source>请选择</source>
            <translation>Please choose</translation>
        </message>
        <message>
            <source>贵州（医保影像云）</source>
            <translation>Guizhou (image cloud)</translation>
        </message>
        <message>
            <source>选医院所在的省份，填平台给的编号。别省的设置和页面不会出现。</source>
            <translation>Choose the hospital's province and enter the codes its platform gave. Settings and pages of the other province do not show.</translation>
        </message>
        <message>
            <source>默认 HIS 医生编码</source>
            <translation>Default HIS physician code</translation>
        </message>
        <message>
            <source>默认 HIS 科室编码</source>
            <translation>Default HIS department code</translation>
        </message>
    </context>
    <context>
        <name>ImageViewer</name>
        <message>
            <source>不可用于诊断</source>
            <translation>Not for diagnosis</translation>
        </message>
        <message>
            <source>图像，不可用于诊断</source>
            <translation>Image, not for diagnosis</translation>
        </message>
        <message>
            <source>看图，不可用于诊断</source>
            <translation>Images, not for diagnosis</translation>
        </message>
    </context>
    <context>
        <name>ImportRepairBar</name>
        <message>
            <source>XLSX 表格 (*.xlsx)</source>
            <translation>XLSX workbook (*.xlsx)</translation>
        </message>
        <message>
            <source>XLSX 表格，最后一列写着问题</source>
            <translation>XLSX workbook; the last column says what is wrong</translation>
        </message>
        <message>
            <source>{name}-要改的行.xlsx</source>
            <translation>{name}-to-correct.xlsx</translation>
        </message>
        <message>
            <source>上一件还在做</source>
            <translation>The previous action is still running</translation>
        </message>
        <message>
            <source>导入改好的文件</source>
            <translation>Import the corrected file</translation>
        </message>
        <message>
            <source>导入改好的文件…</source>
            <translation>Import the corrected file…</translation>
        </message>
        <message numerus="yes">
            <source>导出了 {n} 行。照最后一列改好、存盘，再按“导入改好的文件”。</source>
            <translation>
                <numerusform>Exported {n} row. Correct it by the last column, save, then press "Import the corrected file".</numerusform>
                <numerusform>Exported {n} rows. Correct them by the last column, save, then press "Import the corrected file".</numerusform>
            </translation>
        </message>
        <message>
            <source>导出没有收下的行</source>
            <translation>Export the rows that were not taken</translation>
        </message>
        <message>
            <source>导出这些行…</source>
            <translation>Export these rows…</translation>
        </message>
        <message>
            <source>打开原文件所在的文件夹</source>
            <translation>Open the original file's folder</translation>
        </message>
        <message numerus="yes">
            <source>收下了 {n} 条，没有问题行了</source>
            <translation>
                <numerusform>Took {n} record; no bad rows left</numerusform>
                <numerusform>Took {n} records; no bad rows left</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>收下了 {n} 条，还有 {bad} 处问题</source>
            <translation>
                <numerusform>Took {n} record; problems left: {bad}</numerusform>
                <numerusform>Took {n} records; {bad} problems left</numerusform>
            </translation>
        </message>
        <message>
            <source>正在导出…</source>
            <translation>Exporting…</translation>
        </message>
        <message>
            <source>记录文件 (*.xlsx *.csv *.json *.txt)</source>
            <translation>Record files (*.xlsx *.csv *.json *.txt)</translation>
        </message>
    </context>
    <context>
        <name>IndexSection</name>
        <message>
            <source>先显示，再复制</source>
            <translation>Show it first, then copy</translation>
        </message>
        <message>
            <source>复制</source>
            <translation>Copy</translation>
        </message>
        <message>
            <source>复制索引编码</source>
            <translation>Copy the index code</translation>
        </message>
        <message>
            <source>已复制</source>
            <translation>Copied</translation>
        </message>
        <message>
            <source>显示</source>
            <translation>Show</translation>
        </message>
        <message>
            <source>显示索引编码里的证件号</source>
            <translation>Show the certificate number of the index code</translation>
        </message>
        <message>
            <source>索引编码</source>
            <translation>Index code</translation>
        </message>
        <message>
            <source>遮住</source>
            <translation>Hide</translation>
        </message>
    </context>
    <context>
        <name>ItemChooser</name>
        <message>
            <source>不要 {name}</source>
            <translation>Without {name}</translation>
        </message>
        <message>
            <source>找哪一种项目</source>
            <translation>Kind of item</translation>
        </message>
        <message>
            <source>检查项目</source>
            <translation>Examinations</translation>
        </message>
        <message>
            <source>检验项目</source>
            <translation>Laboratory items</translation>
        </message>
        <message>
            <source>输几个字，↑↓ 选，Enter 加上；至少要一项。</source>
            <translation>Type, choose with ↑↓, add with Enter; at least one.</translation>
        </message>
        <message>
            <source>项目代码、名称或拼音首字母</source>
            <translation>Item code, name or pinyin initials</translation>
        </message>
    </context>
    <context>
        <name>JobRunner</name>
        <message>
            <source>约 {n} 秒</source>
            <translation>about {n} s</translation>
        </message>
    </context>
    <context>
        <name>KeysDialog</name>
        <message>
            <source>下一个问题；Shift F8 上一个</source>
            <translation>Next problem; Shift F8 the previous one</translation>
        </message>
        <message>
            <source>从任何页面查患者</source>
            <translation>Find a patient from any page</translation>
        </message>
        <message>
            <source>做这一页的主要操作</source>
            <translation>Do this page's primary action</translation>
        </message>
        <message>
            <source>关闭</source>
            <translation>Close</translation>
        </message>
        <message>
            <source>勾选</source>
            <translation>Tick</translation>
        </message>
        <message>
            <source>取消选择，关闭详情</source>
            <translation>Clear the selection, close details</translation>
        </message>
        <message>
            <source>在导航、列表、详情之间移动</source>
            <translation>Move between navigation, list and details</translation>
        </message>
        <message>
            <source>打开详情</source>
            <translation>Open details</translation>
        </message>
        <message>
            <source>按顺序打开页面</source>
            <translation>Open the pages in order</translation>
        </message>
        <message>
            <source>换一行，开着的详情跟着换</source>
            <translation>Move; open details follow</translation>
        </message>
        <message>
            <source>撤销刚才提示的那件事</source>
            <translation>Undo what was just announced</translation>
        </message>
        <message>
            <source>立刻刷新</source>
            <translation>Refresh now</translation>
        </message>
        <message>
            <source>筛选这个列表</source>
            <translation>Filter this list</translation>
        </message>
        <message>
            <source>选全部符合筛选的</source>
            <translation>Select all that match the filter</translation>
        </message>
        <message>
            <source>遮住或显示全部姓名和号码</source>
            <translation>Hide or show all names and numbers</translation>
        </message>
    </context>
    <context>
        <name>KnownPatients</name>
        <message>
            <source>姓名、拼音首字母、证件号</source>
            <translation>Name, pinyin initials, certificate</translation>
        </message>
        <message>
            <source>来过的患者输几个字就能填入，不用再打一遍。</source>
            <translation>A few letters find a known patient; no need to type everything again.</translation>
        </message>
        <message>
            <source>没有找到。直接在左边填。</source>
            <translation>Nobody found. Fill in the form at the left.</translation>
        </message>
        <message>
            <source>认识的患者</source>
            <translation>Known patients</translation>
        </message>
    </context>
    <context>
        <name>Lane</name>
        <message>
            <source>上传中</source>
            <translation>Uploading</translation>
        </message>
        <message>
            <source>不用传</source>
            <translation>Not uploaded</translation>
        </message>
        <message>
            <source>内容有变</source>
            <translation>Changed</translation>
        </message>
        <message>
            <source>失败</source>
            <translation>Failed</translation>
        </message>
        <message>
            <source>已取消</source>
            <translation>Cancelled</translation>
        </message>
        <message>
            <source>已暂停</source>
            <translation>Paused</translation>
        </message>
        <message>
            <source>已确认</source>
            <translation>Confirmed</translation>
        </message>
        <message>
            <source>待处理</source>
            <translation>Needs fix</translation>
        </message>
        <message>
            <source>排队</source>
            <translation>In line</translation>
        </message>
        <message>
            <source>数目不对</source>
            <translation>Count differs</translation>
        </message>
        <message>
            <source>正在删除</source>
            <translation>Deleting</translation>
        </message>
        <message>
            <source>等报告</source>
            <translation>Needs report</translation>
        </message>
        <message>
            <source>等结算</source>
            <translation>Needs settlement</translation>
        </message>
        <message>
            <source>缺图像</source>
            <translation>No images</translation>
        </message>
        <message>
            <source>缺记录</source>
            <translation>No record</translation>
        </message>
        <message>
            <source>还在接收</source>
            <translation>Still receiving</translation>
        </message>
        <message>
            <source>重试中</source>
            <translation>Retrying</translation>
        </message>
    </context>
    <context>
        <name>LaunchCells</name>
        <message>
            <source>取回了结果</source>
            <translation>Results fetched</translation>
        </message>
        <message>
            <source>开单前</source>
            <translation>Before an order</translation>
        </message>
        <message>
            <source>检查 {studies} 份，检验 {labs} 项</source>
            <translation>Studies: {studies}, lab results: {labs}</translation>
        </message>
        <message>
            <source>没有可互认的</source>
            <translation>Nothing to recognise</translation>
        </message>
        <message>
            <source>没有打开页面</source>
            <translation>Page not opened</translation>
        </message>
        <message>
            <source>没有查到</source>
            <translation>No answer</translation>
        </message>
        <message>
            <source>看全部</source>
            <translation>All results</translation>
        </message>
        <message>
            <source>还没取回结果</source>
            <translation>Not fetched yet</translation>
        </message>
    </context>
    <context>
        <name>Leaving</name>
        <message>
            <source>不退出</source>
            <translation>Do not quit</translation>
        </message>
        <message>
            <source>停止以后，设备发来的图像会被拒绝，直到再次启动。</source>
            <translation>Images that devices send are then rejected until it is started again.</translation>
        </message>
        <message>
            <source>停止并退出</source>
            <translation>Stop and quit</translation>
        </message>
        <message>
            <source>停止接收和上传，并退出？</source>
            <translation>Stop receiving and uploading, and quit?</translation>
        </message>
        <message>
            <source>只退出窗口的话，接收和上传在后台继续，但从这台电脑注销或关机时会停。</source>
            <translation>If only the window is closed, receiving and uploading go on in the background, but stop when you sign out or shut this computer down.</translation>
        </message>
        <message>
            <source>只退出窗口，继续接收</source>
            <translation>Close the window, go on receiving</translation>
        </message>
        <message>
            <source>接收和上传没有停下来，窗口先不退出。请过一会儿再试。</source>
            <translation>Receiving and uploading have not stopped, so the window stays open. Try again in a while.</translation>
        </message>
        <message>
            <source>窗口关上了，接收和上传继续在后台运行。</source>
            <translation>The window is closed; receiving and uploading go on in the background.</translation>
        </message>
        <message>
            <source>窗口关上了，接收和上传继续在后台运行，直到从这台电脑注销。</source>
            <translation>The window is closed; receiving and uploading go on in the background until you sign out of this computer.</translation>
        </message>
        <message>
            <source>要没有人登录时也接收，请信息科把它装成服务。</source>
            <translation>To receive also when nobody is signed in, ask IT to install it as a service.</translation>
        </message>
    </context>
    <context>
        <name>LedgerColumns</name>
        <message numerus="yes">
            <source>{count} 幅有提示</source>
            <translation>
                <numerusform>{count} with remarks</numerusform>
                <numerusform>{count} with remarks</numerusform>
            </translation>
        </message>
        <message>
            <source>不用传</source>
            <translation>Not uploaded</translation>
        </message>
        <message>
            <source>差 {count} 幅</source>
            <translation>{count} missing</translation>
        </message>
        <message>
            <source>已发</source>
            <translation>Sent</translation>
        </message>
        <message>
            <source>已确认</source>
            <translation>Confirmed</translation>
        </message>
        <message>
            <source>应有</source>
            <translation>Expected</translation>
        </message>
        <message>
            <source>应有未知：PACS 和记录都没有说有几幅</source>
            <translation>Expected is unknown: neither PACS nor record says how many</translation>
        </message>
        <message>
            <source>收到</source>
            <translation>Received</translation>
        </message>
        <message>
            <source>未知</source>
            <translation>Unknown</translation>
        </message>
        <message>
            <source>齐</source>
            <translation>Complete</translation>
        </message>
    </context>
    <context>
        <name>ListExport</name>
        <message>
            <source>导出到 {name}</source>
            <translation>Exporting to {name}</translation>
        </message>
        <message>
            <source>导出已停下，没有留下文件</source>
            <translation>Export stopped; no file was left behind</translation>
        </message>
    </context>
    <context>
        <name>LiveStatus</name>
        <message>
            <source> · {at} 再试</source>
            <translation> · next try {at}</translation>
        </message>
        <message>
            <source> · {n} 台在发</source>
            <translation> · {n} sending</translation>
        </message>
        <message>
            <source> · 系统服务</source>
            <translation> · system service</translation>
        </message>
        <message>
            <source>{done} / {total}</source>
            <translation>{done} / {total}</translation>
        </message>
        <message>
            <source>{name}不应答（{why}），授权照常登记，恢复后自动发出。</source>
            <translation>{name} does not answer ({why}). Go on entering authorizations; they are sent once it is back.</translation>
        </message>
        <message>
            <source>{name}不应答（{why}），程序会自己再试，不计重试次数。</source>
            <translation>{name} does not answer ({why}); the program tries again, no attempts used.</translation>
        </message>
        <message>
            <source>{what}，程序每 5 秒再试一次。请信息科看。</source>
            <translation>{what}; the program tries again every 5 s. IT, please look.</translation>
        </message>
        <message numerus="yes">
            <source>上传队列，失败 {n} 项</source>
            <translation>
                <numerusform>Upload queue, {n} delivery failed</numerusform>
                <numerusform>Upload queue, {n} deliveries failed</numerusform>
            </translation>
        </message>
        <message>
            <source>上次启动：</source>
            <translation>Last start:</translation>
        </message>
        <message>
            <source>不应答</source>
            <translation>no answer</translation>
        </message>
        <message>
            <source>停下</source>
            <translation>Stop</translation>
        </message>
        <message>
            <source>剩 {size}</source>
            <translation>{size} free</translation>
        </message>
        <message>
            <source>另有 {n} 件在做</source>
            <translation>{n} more running</translation>
        </message>
        <message>
            <source>后台的接收和上传是 {old} 版，窗口是 {new} 版。请重新启动后台。</source>
            <translation>Receiving and uploading run version {old}, the window is {new}. Please restart the background program.</translation>
        </message>
        <message numerus="yes">
            <source>字典对照，缺 {n} 个代码</source>
            <translation>
                <numerusform>Code mapping, {n} code missing</numerusform>
                <numerusform>Code mapping, {n} codes missing</numerusform>
            </translation>
        </message>
        <message>
            <source>已暂停</source>
            <translation>Paused</translation>
        </message>
        <message numerus="yes">
            <source>待处理，{n} 份</source>
            <translation>
                <numerusform>Needs fix, {n} study</numerusform>
                <numerusform>Needs fix, {n} studies</numerusform>
            </translation>
        </message>
        <message>
            <source>患者授权，{n} 份等着发送</source>
            <translation>Authorization, {n} waiting to be sent</translation>
        </message>
        <message>
            <source>打开设置</source>
            <translation>Open Settings</translation>
        </message>
        <message>
            <source>找回接收 {receives}、发送 {sends}，丢失 {lost}</source>
            <translation>recovered {receives} receives, {sends} sends, {lost} lost</translation>
        </message>
        <message>
            <source>接收</source>
            <translation>Receiver</translation>
        </message>
        <message>
            <source>接收和上传没有运行，图像现在收不进来。请重新启动。</source>
            <translation>Receiving and uploading are not running; no images can come in. Please restart.</translation>
        </message>
        <message>
            <source>正常 · {ms} ms</source>
            <translation>OK · {ms} ms</translation>
        </message>
        <message>
            <source>看登记</source>
            <translation>Show entries</translation>
        </message>
        <message>
            <source>看队列</source>
            <translation>Show queue</translation>
        </message>
        <message>
            <source>磁盘</source>
            <translation>Disk</translation>
        </message>
        <message>
            <source>磁盘只剩 {size}，已暂停接收；清出空间后自动恢复。</source>
            <translation>{size} left: receiving paused, resumes when space is free.</translation>
        </message>
        <message numerus="yes">
            <source>约 {n} 天</source>
            <translation>
                <numerusform>about {n} day</numerusform>
                <numerusform>about {n} days</numerusform>
            </translation>
        </message>
        <message>
            <source>还没有上传</source>
            <translation>nothing uploaded yet</translation>
        </message>
        <message>
            <source>还没有用过</source>
            <translation>Not used yet</translation>
        </message>
        <message>
            <source>重新启动</source>
            <translation>Restart</translation>
        </message>
    </context>
    <context>
        <name>LogPage</name>
        <message>
            <source>事件</source>
            <translation>Event</translation>
        </message>
        <message>
            <source>保留 30 天 · 不含患者信息</source>
            <translation>Kept for 30 days · no patient data</translation>
        </message>
        <message>
            <source>先选一条和检查有关的</source>
            <translation>Choose an entry that belongs to a study first</translation>
        </message>
        <message>
            <source>全部</source>
            <translation>All</translation>
        </message>
        <message>
            <source>出错</source>
            <translation>Error</translation>
        </message>
        <message>
            <source>发生了什么</source>
            <translation>What happened</translation>
        </message>
        <message>
            <source>接收、上传和人的操作都会记在这里</source>
            <translation>Receiving, uploading and what people do are logged here</translation>
        </message>
        <message>
            <source>时间</source>
            <translation>Time</translation>
        </message>
        <message>
            <source>条</source>
            <translation>entries</translation>
        </message>
        <message>
            <source>注意</source>
            <translation>Note</translation>
        </message>
        <message>
            <source>消息</source>
            <translation>Info</translation>
        </message>
        <message>
            <source>看这份检查</source>
            <translation>Show this study</translation>
        </message>
        <message>
            <source>程序做了什么、平台说了什么、谁做了什么。选一条，按“看这份检查”就到那份检查。</source>
            <translation>What the program did, what the platform said, who did what. Choose an entry and press "Show this study" to go to its study.</translation>
        </message>
        <message>
            <source>级别</source>
            <translation>Level</translation>
        </message>
        <message>
            <source>运行日志</source>
            <translation>Log</translation>
        </message>
        <message>
            <source>还没有记下什么</source>
            <translation>Nothing logged yet</translation>
        </message>
    </context>
    <context>
        <name>MappingEditor</name>
        <message numerus="yes">
            <source>{n} 份检查在等这个代码，保存后马上重新核对。</source>
            <translation>
                <numerusform>{n} study waits for this code; it is checked again right after saving.</numerusform>
                <numerusform>{n} studies wait for this code; they are checked again right after saving.</numerusform>
            </translation>
        </message>
        <message>
            <source>{value} → 平台代码</source>
            <translation>{value} → platform's code</translation>
        </message>
        <message>
            <source>不用</source>
            <translation>Discard</translation>
        </message>
        <message>
            <source>先填医院的写法</source>
            <translation>Fill in the hospital's wording first</translation>
        </message>
        <message>
            <source>写法和代码都填好，再点右上角保存。</source>
            <translation>Fill in wording and code, then save at the top right.</translation>
        </message>
        <message>
            <source>删除这条对照</source>
            <translation>Delete this mapping</translation>
        </message>
        <message>
            <source>医院的写法</source>
            <translation>Hospital's wording</translation>
        </message>
        <message>
            <source>和记录里写的一模一样，例如 头颅CT</source>
            <translation>Exactly as in the record, e.g. 头颅CT</translation>
        </message>
        <message>
            <source>平台的代码</source>
            <translation>Platform's code</translation>
        </message>
        <message>
            <source>新增对照</source>
            <translation>New mapping</translation>
        </message>
        <message>
            <source>标准没有印这张代码表（G042），按平台给的填，填完按 Enter。</source>
            <translation>The standard does not print this code table (G042); type what the platform gave you, then Enter.</translation>
        </message>
        <message numerus="yes">
            <source>标准里 {n} 项</source>
            <translation>
                <numerusform>{n} code in the standard</numerusform>
                <numerusform>{n} codes in the standard</numerusform>
            </translation>
        </message>
        <message>
            <source>浏览全部</source>
            <translation>Browse all</translation>
        </message>
        <message>
            <source>现在是 {code}</source>
            <translation>Now {code}</translation>
        </message>
        <message>
            <source>现在没有代码</source>
            <translation>No code now</translation>
        </message>
        <message>
            <source>现在没有检查只等它；图像到齐后会自己核对。</source>
            <translation>No study waits for it alone now; they are checked by themselves once their images are complete.</translation>
        </message>
        <message>
            <source>看这 {n} 份</source>
            <translation>Show these {n}</translation>
        </message>
        <message>
            <source>还没保存。点右上角保存，或者按 Ctrl Enter。</source>
            <translation>Not saved yet. Save at the top right, or press Ctrl Enter.</translation>
        </message>
        <message>
            <source>选一行写法</source>
            <translation>Choose a row</translation>
        </message>
        <message>
            <source>选好以后，在这里给它挑平台的代码。</source>
            <translation>Then give it the platform's code here.</translation>
        </message>
    </context>
    <context>
        <name>MappingPage</name>
        <message numerus="yes">
            <source>{n} 个写法没有代码</source>
            <translation>
                <numerusform>{n} wording has no code</numerusform>
                <numerusform>{n} wordings have no code</numerusform>
            </translation>
        </message>
        <message>
            <source>{title}，缺 {n}</source>
            <translation>{title}, {n} missing</translation>
        </message>
        <message>
            <source>代码集</source>
            <translation>Code set</translation>
        </message>
        <message>
            <source>保存 {count} 条对照</source>
            <translation>Save {count} mappings</translation>
        </message>
        <message>
            <source>保存 {count} 条并放行 {n} 份</source>
            <translation>Save {count}, release {n} studies</translation>
        </message>
        <message>
            <source>保存对照</source>
            <translation>Save mapping</translation>
        </message>
        <message>
            <source>保存并放行 {n} 份</source>
            <translation>Save and release {n}</translation>
        </message>
        <message>
            <source>先选一行，再挑一个代码</source>
            <translation>Choose a row, then a code</translation>
        </message>
        <message>
            <source>字典对照</source>
            <translation>Code mapping</translation>
        </message>
        <message numerus="yes">
            <source>字典对照里有 {n} 条还没保存，都留着，回来可以接着改</source>
            <translation>
                <numerusform>{n} mapping is not saved yet; it is kept until you come back</numerusform>
                <numerusform>{n} mappings are not saved yet; they are kept until you come back</numerusform>
            </translation>
        </message>
        <message>
            <source>导入对照…</source>
            <translation>Import mapping…</translation>
        </message>
        <message>
            <source>导出对照…</source>
            <translation>Export mapping…</translation>
        </message>
        <message>
            <source>左边选代码集，中间选一个医院的写法，右边给它挑平台的代码，然后保存。保存后，等这个代码的检查马上重新核对，没有别的问题的就开始上传。代码可以按编码、名称、拼音或首字母找。</source>
            <translation>Choose a code set on the left, the hospital's wording in the middle, the platform's code on the right, then save. Studies that wait for the code are checked again at once, and those without another problem begin to upload. Find codes by code, name, pinyin or initials.</translation>
        </message>
        <message>
            <source>已对照 {n} 条</source>
            <translation>{n} mapped</translation>
        </message>
        <message>
            <source>收到的写法都有代码</source>
            <translation>Every wording received has a code</translation>
        </message>
        <message>
            <source>新增对照</source>
            <translation>New mapping</translation>
        </message>
        <message>
            <source>正在保存…</source>
            <translation>Saving…</translation>
        </message>
        <message>
            <source>浏览标准代码</source>
            <translation>Browse standard codes</translation>
        </message>
        <message>
            <source>贵州 V{version}</source>
            <translation>Guizhou V{version}</translation>
        </message>
    </context>
    <context>
        <name>MappingSaving</name>
        <message>
            <source>{first}，{then}</source>
            <translation>{first}, {then}</translation>
        </message>
        <message>
            <source>{first}；{then}</source>
            <translation>{first}; {then}</translation>
        </message>
        <message numerus="yes">
            <source>{n} 份已经开始上传，不收回</source>
            <translation>
                <numerusform>{n} is already uploading and goes on</numerusform>
                <numerusform>{n} are already uploading and go on</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} 份开始上传</source>
            <translation>{n} uploading</translation>
        </message>
        <message numerus="yes">
            <source>{n} 份等报告、结算或图像</source>
            <translation>
                <numerusform>{n} waits for report, settlement or images</numerusform>
                <numerusform>{n} wait for report, settlement or images</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} 份还有别的问题</source>
            <translation>
                <numerusform>{n} has another problem</numerusform>
                <numerusform>{n} have another problem</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>保存 {n} 条对照并放行</source>
            <translation>
                <numerusform>Save {n} mapping and release</numerusform>
                <numerusform>Save {n} mappings and release</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>保存了 {n} 条对照</source>
            <translation>
                <numerusform>Saved {n} mapping</numerusform>
                <numerusform>Saved {n} mappings</numerusform>
            </translation>
        </message>
        <message>
            <source>停下了，其余 {n} 份程序接着放行</source>
            <translation>stopped; the program releases the other {n} by itself</translation>
        </message>
        <message numerus="yes">
            <source>删了 {n} 条对照，已经传的不受影响</source>
            <translation>
                <numerusform>Deleted {n} mapping; what was uploaded is not affected</numerusform>
                <numerusform>Deleted {n} mappings; what was uploaded is not affected</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>导入了 {n} 条</source>
            <translation>
                <numerusform>Imported {n} mapping</numerusform>
                <numerusform>Imported {n} mappings</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>撤销 {n} 条对照</source>
            <translation>
                <numerusform>Undo {n} mapping</numerusform>
                <numerusform>Undo {n} mappings</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>撤销了 {n} 条对照</source>
            <translation>
                <numerusform>Undone: {n} mapping</numerusform>
                <numerusform>Undone: {n} mappings</numerusform>
            </translation>
        </message>
        <message>
            <source>放行了 {n} 份：{parts}</source>
            <translation>Released {n}: {parts}</translation>
        </message>
    </context>
    <context>
        <name>MappingTable</name>
        <message>
            <source>代码集</source>
            <translation>Code set</translation>
        </message>
        <message>
            <source>全部</source>
            <translation>All</translation>
        </message>
        <message>
            <source>医院的写法</source>
            <translation>Hospital's wording</translation>
        </message>
        <message>
            <source>医院的写法、代码、名称</source>
            <translation>Wording, code or name</translation>
        </message>
        <message>
            <source>在等（份）</source>
            <translation>Waiting</translation>
        </message>
        <message>
            <source>已对照</source>
            <translation>Mapped</translation>
        </message>
        <message>
            <source>平台的代码</source>
            <translation>Platform's code</translation>
        </message>
        <message>
            <source>换个写法试试，或者清除筛选。</source>
            <translation>Try another spelling, or clear the filter.</translation>
        </message>
        <message>
            <source>收到新写法时，会排在这里等人选代码。</source>
            <translation>New wordings line up here for someone to choose a code.</translation>
        </message>
        <message>
            <source>收到标准里没有的写法时，会自己列在这里；也可以先加好。</source>
            <translation>Wordings that the standard does not have are listed here when they arrive; you can also add them beforehand.</translation>
        </message>
        <message>
            <source>新增对照</source>
            <translation>New mapping</translation>
        </message>
        <message>
            <source>条</source>
            <translation>entries</translation>
        </message>
        <message>
            <source>没有对照</source>
            <translation>Not mapped</translation>
        </message>
        <message>
            <source>没有符合筛选的对照</source>
            <translation>No mapping matches the filter</translation>
        </message>
        <message>
            <source>没有缺代码的写法</source>
            <translation>No wording lacks a code</translation>
        </message>
        <message>
            <source>清除筛选</source>
            <translation>Clear filter</translation>
        </message>
        <message>
            <source>照原文</source>
            <translation>as printed</translation>
        </message>
        <message>
            <source>状态</source>
            <translation>State</translation>
        </message>
        <message>
            <source>还没保存</source>
            <translation>Not saved yet</translation>
        </message>
        <message>
            <source>这个代码集还没有对照</source>
            <translation>This code set has no mappings yet</translation>
        </message>
        <message>
            <source>选一个代码…</source>
            <translation>Choose a code…</translation>
        </message>
    </context>
    <context>
        <name>MappingTransfer</name>
        <message>
            <source>CSV 表格 (*.csv)</source>
            <translation>CSV table (*.csv)</translation>
        </message>
        <message numerus="yes">
            <source>{n} 份检查在等这些代码，导入后马上重新核对。</source>
            <translation>
                <numerusform>{n} study waits for these codes; it is checked again right after the import.</numerusform>
                <numerusform>{n} studies wait for these codes; they are checked again right after the import.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} 条没有填代码</source>
            <translation>
                <numerusform>{n} has no code</numerusform>
                <numerusform>{n} have no code</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} 条的代码少了开头的 0（表格软件会去掉），已经补上。</source>
            <translation>
                <numerusform>{n} code had lost its leading 0 (spreadsheets drop it); it was put back.</numerusform>
                <numerusform>{n} codes had lost their leading 0 (spreadsheets drop it); it was put back.</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} 条的代码标准里没有（第 {lines} 行）</source>
            <translation>{n} have a code the standard does not have (row {lines})</translation>
        </message>
        <message>
            <source>{n} 条的代码集或写法不对（第 {lines} 行）</source>
            <translation>{n} have a wrong code set or wording (row {lines})</translation>
        </message>
        <message>
            <source>不导入</source>
            <translation>Do not import</translation>
        </message>
        <message>
            <source>不导入：{what}。</source>
            <translation>Not imported: {what}.</translation>
        </message>
        <message>
            <source>和现在的一样</source>
            <translation>same as now</translation>
        </message>
        <message>
            <source>字典对照.csv</source>
            <translation>code-mapping.csv</translation>
        </message>
        <message>
            <source>导入 {n} 条</source>
            <translation>Import {n}</translation>
        </message>
        <message numerus="yes">
            <source>导入 {n} 条对照？</source>
            <translation>
                <numerusform>Import {n} mapping?</numerusform>
                <numerusform>Import {n} mappings?</numerusform>
            </translation>
        </message>
        <message>
            <source>导入对照</source>
            <translation>Import mapping</translation>
        </message>
        <message>
            <source>导出了 {n} 条。没有代码的也在里面，填好“标准代码”可以再导入。</source>
            <translation>Exported {n}, with those that have no code; fill in the "标准代码" (standard code) column and import it again.</translation>
        </message>
        <message>
            <source>导出对照</source>
            <translation>Export mapping</translation>
        </message>
        <message>
            <source>新增 {added} 条，改 {changed} 条；{same} 条和现在一样，不动。</source>
            <translation>{added} new, {changed} changed; {same} are the same and stay.</translation>
        </message>
        <message>
            <source>没有要导入的：{why}</source>
            <translation>Nothing to import: {why}</translation>
        </message>
        <message>
            <source>表里没有的对照都留着。导入后可以撤销。</source>
            <translation>Mappings that are not in the file are kept. The import can be undone.</translation>
        </message>
    </context>
    <context>
        <name>MaskedField</name>
        <message>
            <source>显示 30 秒</source>
            <translation>Show for 30 s</translation>
        </message>
    </context>
    <context>
        <name>MaskedLabel</name>
        <message>
            <source>显示 30 秒</source>
            <translation>Show for 30 s</translation>
        </message>
        <message>
            <source>遮住</source>
            <translation>Hide</translation>
        </message>
    </context>
    <context>
        <name>Moments</name>
        <message>
            <source>周一 周二 周三 周四 周五 周六 周日</source>
            <translation>Mon Tue Wed Thu Fri Sat Sun</translation>
        </message>
        <message>
            <source>昨天 {time}</source>
            <translation>yesterday {time}</translation>
        </message>
    </context>
    <context>
        <name>NeedsFixPage</name>
        <message numerus="yes">
            <source>{n} 份检查在等 · 按原因归成 {groups} 组 · 先做最多的</source>
            <translation>
                <numerusform>{n} study waits · groups by cause: {groups} · largest first</numerusform>
                <numerusform>{n} studies wait · {groups} groups by cause · largest first</numerusform>
            </translation>
        </message>
        <message>
            <source>会放行的检查</source>
            <translation>Studies that will be released</translation>
        </message>
        <message>
            <source>保存并放行</source>
            <translation>Save and release</translation>
        </message>
        <message>
            <source>左边是原因，最多的在上面；中间是怎么改，右边是会放行的检查。缺代码的选一次，等着它的一起放行；别的字段逐份改。改好的自动重新校验并上传。F8 到下一个。</source>
            <translation>Causes are on the left, the largest on top; how to fix it is in the middle, the studies that will be released on the right. A missing code is chosen once and releases all that wait for it; other fields are fixed one by one. What is fixed is checked again and uploaded by itself. F8 goes to the next.</translation>
        </message>
        <message>
            <source>待处理</source>
            <translation>Needs fix</translation>
        </message>
        <message>
            <source>正在看有哪些</source>
            <translation>Seeing what there is</translation>
        </message>
        <message>
            <source>没有要处理的</source>
            <translation>Nothing to fix</translation>
        </message>
        <message>
            <source>没有要处理的，今天已处理 {n} 份</source>
            <translation>Nothing to fix, {n} fixed today</translation>
        </message>
        <message>
            <source>缺代码、缺字段和平台退回的检查会出现在这里</source>
            <translation>Studies that lack a code or field, or that the platform refused, show up here</translation>
        </message>
        <message>
            <source>要改的检查</source>
            <translation>Studies to fix</translation>
        </message>
        <message>
            <source>跳到下一个问题</source>
            <translation>Go to the next problem</translation>
        </message>
        <message>
            <source>都处理完了</source>
            <translation>All done</translation>
        </message>
    </context>
    <context>
        <name>Opening</name>
        <message>
            <source>互认前置台</source>
            <translation>Exchange desk</translation>
        </message>
    </context>
    <context>
        <name>OperatorDesk</name>
        <message>
            <source>F9 换人</source>
            <translation>F9 to change</translation>
        </message>
        <message>
            <source>{name}的新 PIN 可以用了</source>
            <translation>The new PIN of {name} can be used</translation>
        </message>
        <message>
            <source>以后记在{name}名下</source>
            <translation>From now on recorded as {name}</translation>
        </message>
    </context>
    <context>
        <name>OperatorDialog</name>
        <message>
            <source>PIN</source>
            <translation>PIN</translation>
        </message>
        <message>
            <source>↑↓ 选   Enter 确定</source>
            <translation>↑↓ choose   Enter confirm</translation>
        </message>
        <message>
            <source>不换</source>
            <translation>Keep</translation>
        </message>
        <message>
            <source>以后做的每一步都记在这个名字下。</source>
            <translation>Every step from now on is recorded under this name.</translation>
        </message>
        <message>
            <source>我是{name}</source>
            <translation>I am {name}</translation>
        </message>
        <message>
            <source>换成{role}</source>
            <translation>Change to {role}</translation>
        </message>
        <message>
            <source>改我的 PIN…</source>
            <translation>Change my PIN…</translation>
        </message>
        <message>
            <source>正在核对…</source>
            <translation>Checking…</translation>
        </message>
        <message>
            <source>没有丢掉什么：输自己的 PIN 接着做，或者换一个人。</source>
            <translation>Nothing is lost: go on with your own PIN, or let someone else take over.</translation>
        </message>
        <message>
            <source>没有名字</source>
            <translation>No name</translation>
        </message>
        <message>
            <source>现在</source>
            <translation>now</translation>
        </message>
        <message>
            <source>现在谁都能做所有的事，这里只换样子。要分人，请在“设置 · 操作员”里加名字和 PIN。</source>
            <translation>Everyone may do everything now; this only changes the look. To tell people apart, add names and PINs in Settings · Operators.</translation>
        </message>
        <message>
            <source>确定</source>
            <translation>Confirm</translation>
        </message>
        <message>
            <source>行距宽，话说得明白</source>
            <translation>Wide rows, plain words</translation>
        </message>
        <message>
            <source>行距紧，多显示代码和平台原话</source>
            <translation>Dense rows, codes, the platform's own words</translation>
        </message>
        <message>
            <source>谁在用</source>
            <translation>Who uses it</translation>
        </message>
        <message>
            <source>这台电脑的登录账户，不用 PIN</source>
            <translation>this computer's account, no PIN</translation>
        </message>
        <message>
            <source>锁着，输 PIN 继续</source>
            <translation>Locked: type your PIN to go on</translation>
        </message>
    </context>
    <context>
        <name>OperatorEntryDialog</name>
        <message>
            <source>PIN</source>
            <translation>PIN</translation>
        </message>
        <message>
            <source>{low} 到 {high} 位数字</source>
            <translation>{low} to {high} digits</translation>
        </message>
        <message>
            <source>两次输的不一样</source>
            <translation>The two differ</translation>
        </message>
        <message>
            <source>先输现在的 PIN</source>
            <translation>Type the present PIN first</translation>
        </message>
        <message>
            <source>再输一次 PIN</source>
            <translation>PIN once more</translation>
        </message>
        <message>
            <source>加好以后，这个人按 F9 选自己的名字、输 PIN，就记在自己名下。</source>
            <translation>Once added, this person presses F9, chooses the name and types the PIN; what they do is recorded under it.</translation>
        </message>
        <message>
            <source>加操作员</source>
            <translation>Add operator</translation>
        </message>
        <message>
            <source>取消</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>名字</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>改 PIN</source>
            <translation>Change PIN</translation>
        </message>
        <message>
            <source>改我的 PIN</source>
            <translation>Change my PIN</translation>
        </message>
        <message>
            <source>新 PIN 马上有效，旧的不再能用。忘了现在的，请信息科重设。</source>
            <translation>The new PIN holds at once and the old one no longer works. If you forgot the present one, ask IT to reset it.</translation>
        </message>
        <message>
            <source>新 PIN 马上有效，旧的不再能用；名字锁着的话也会解开。</source>
            <translation>The new PIN holds at once and the old one no longer works; a locked name is unlocked.</translation>
        </message>
        <message>
            <source>新的 PIN</source>
            <translation>New PIN</translation>
        </message>
        <message>
            <source>正在存…</source>
            <translation>Saving…</translation>
        </message>
        <message>
            <source>现在的 PIN</source>
            <translation>Present PIN</translation>
        </message>
        <message>
            <source>第一个名字是信息科的，用来管别人。加好以后你就用这个名字，角色从此起作用：登记员不能改设置，也没有运行日志。</source>
            <translation>The first name is IT's and manages the others. You act under it once it is added, and roles hold from then on: clerks cannot change settings and have no log page.</translation>
        </message>
        <message>
            <source>给{name}设 PIN</source>
            <translation>Set the PIN of {name}</translation>
        </message>
        <message>
            <source>角色</source>
            <translation>Role</translation>
        </message>
        <message>
            <source>设 PIN</source>
            <translation>Set PIN</translation>
        </message>
    </context>
    <context>
        <name>OperatorWords</name>
        <message>
            <source>信息科</source>
            <translation>IT</translation>
        </message>
        <message>
            <source>登记员</source>
            <translation>Clerk</translation>
        </message>
    </context>
    <context>
        <name>OperatorsSection</name>
        <message>
            <source>HIS 科室和用户</source>
            <translation>HIS codes</translation>
        </message>
        <message>
            <source>PIN</source>
            <translation>PIN</translation>
        </message>
        <message>
            <source>{name}的名字和 PIN 可以用了</source>
            <translation>{name} can be used with the PIN now</translation>
        </message>
        <message>
            <source>人</source>
            <translation>people</translation>
        </message>
        <message>
            <source>停用</source>
            <translation>Out of use</translation>
        </message>
        <message>
            <source>加操作员…</source>
            <translation>Add operator…</translation>
        </message>
        <message>
            <source>名字</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>在用</source>
            <translation>In use</translation>
        </message>
        <message>
            <source>操作员</source>
            <translation>Operators</translation>
        </message>
        <message>
            <source>改了马上生效，不用保存</source>
            <translation>Takes effect at once, no saving needed</translation>
        </message>
        <message>
            <source>最近</source>
            <translation>Last seen</translation>
        </message>
        <message>
            <source>有</source>
            <translation>Set</translation>
        </message>
        <message>
            <source>没有</source>
            <translation>None</translation>
        </message>
        <message>
            <source>状态</source>
            <translation>State</translation>
        </message>
        <message>
            <source>现在谁都能做所有的事。</source>
            <translation>Everyone may do everything now.</translation>
        </message>
        <message>
            <source>现在谁都能做所有的事，都记在这台电脑的登录账户名下。加一个信息科的名字和 PIN，角色就起作用。</source>
            <translation>Everyone may do everything now, recorded under this computer's account. Add a name with PIN for IT, and roles hold.</translation>
        </message>
        <message>
            <source>角色</source>
            <translation>Role</translation>
        </message>
        <message>
            <source>角色在起作用：登记员不能改设置，也没有运行日志。换人按 F9。</source>
            <translation>Roles hold: clerks cannot change settings and have no log page. F9 changes who acts.</translation>
        </message>
        <message>
            <source>还没有操作员</source>
            <translation>No operators yet</translation>
        </message>
    </context>
    <context>
        <name>OrdersCard</name>
        <message>
            <source>HIS 导出的医嘱</source>
            <translation>Orders exported by the HIS</translation>
        </message>
        <message>
            <source>从文件导入…</source>
            <translation>Import from file…</translation>
        </message>
        <message>
            <source>从文件导入医嘱</source>
            <translation>Import orders from a file</translation>
        </message>
        <message>
            <source>加一条医嘱</source>
            <translation>Add an order</translation>
        </message>
        <message>
            <source>可以不填；填了就知道哪些医嘱不用再做</source>
            <translation>Optional; with them you see which orders need not be done</translation>
        </message>
        <message>
            <source>对应医嘱</source>
            <translation>Orders</translation>
        </message>
        <message>
            <source>导入了 {n} 条医嘱</source>
            <translation>{n} orders imported</translation>
        </message>
        <message>
            <source>还要做：{codes}</source>
            <translation>Still to do: {codes}</translation>
        </message>
        <message>
            <source>这条医嘱还没填完：医嘱号和项目代码都要有</source>
            <translation>This order is not complete: it needs a number and item codes</translation>
        </message>
    </context>
    <context>
        <name>OtherHospitalsPage</name>
        <message>
            <source>{n} 幅都取回来了</source>
            <translation>All {n} images are here</translation>
        </message>
        <message>
            <source>停下了：取回 {n}/{m} 幅，留着，可以接着取</source>
            <translation>Stopped: {n} of {m} images are here and stay; fetch the rest any time</translation>
        </message>
        <message>
            <source>先选一份检查</source>
            <translation>Choose a study first</translation>
        </message>
        <message>
            <source>先选为什么看，再扫身份证或填证件号，Ctrl+Enter 查询。查到的按医院列出来，点列名可以按日期或部位排。有图像的取到本机缓存里看，第一幅到了就能看；只有网页的在浏览器里打开，主机要信息科允许。谁看了谁、什么时候、为什么，每一步都记在操作记录里。缓存里的图像过几天自动清掉，绝不上传。</source>
            <translation>Choose why first, then scan the identity card or enter the number; Ctrl+Enter asks. What is found stands by hospital; press a column's name to sort by date or part. Images are fetched into a cache on this machine and can be viewed from the first one on; what has a page only opens in the browser, on hosts that IT allows. Who looked at whom, when and why is written down at every step. Cached images go after some days and are never uploaded.</translation>
        </message>
        <message>
            <source>取回 {n}/{m} 幅，其余的平台没有给</source>
            <translation>{n} of {m} images fetched; the platform did not give the others</translation>
        </message>
        <message>
            <source>取回图像</source>
            <translation>Fetch images</translation>
        </message>
        <message>
            <source>图像没有取完，到了的留着</source>
            <translation>Not all images came; those that did stay</translation>
        </message>
        <message>
            <source>打开影像页</source>
            <translation>Open image page</translation>
        </message>
        <message>
            <source>换一位患者</source>
            <translation>Next patient</translation>
        </message>
        <message>
            <source>查询其他医院的检查</source>
            <translation>Ask other hospitals</translation>
        </message>
        <message>
            <source>正在取</source>
            <translation>Being fetched</translation>
        </message>
        <message>
            <source>正在取另一份的图像，取完再取这份</source>
            <translation>Images of another examination are being fetched; this one after it</translation>
        </message>
        <message>
            <source>没有查到，平台没有给结果</source>
            <translation>The platform gave no answer</translation>
        </message>
        <message>
            <source>清空图像缓存</source>
            <translation>Empty the image cache</translation>
        </message>
        <message>
            <source>看图 {n} 幅</source>
            <translation>View {n} images</translation>
        </message>
        <message>
            <source>看这位患者在其他医院的检查；谁看了、为什么看，都会记下来</source>
            <translation>This patient's studies at other hospitals; who looked, and why, is recorded</translation>
        </message>
        <message>
            <source>等平台应答</source>
            <translation>Waiting for the platform</translation>
        </message>
        <message>
            <source>贵州平台还没有设置好</source>
            <translation>The Guizhou platform is not set up yet</translation>
        </message>
        <message>
            <source>跨院调阅</source>
            <translation>Other hospitals</translation>
        </message>
        <message>
            <source>过一会儿再查一次；一直不行请信息科看。</source>
            <translation>Try again in a while; if it keeps failing, ask IT.</translation>
        </message>
        <message>
            <source>重新查询</source>
            <translation>Ask again</translation>
        </message>
    </context>
    <context>
        <name>OutsideActs</name>
        <message>
            <source>已在浏览器里打开</source>
            <translation>Opened in the browser</translation>
        </message>
        <message>
            <source>清掉了 {size}，正在看的留着</source>
            <translation>Cleared {size}; what is being viewed stays</translation>
        </message>
    </context>
    <context>
        <name>OutsideDrawer</name>
        <message>
            <source>{n}/{m} 幅</source>
            <translation>{n}/{m} images</translation>
        </message>
        <message>
            <source>主机</source>
            <translation>Host</translation>
        </message>
        <message>
            <source>停下</source>
            <translation>Stop</translation>
        </message>
        <message>
            <source>去设置里允许</source>
            <translation>Allow it in the settings</translation>
        </message>
        <message>
            <source>取回图像</source>
            <translation>Fetch images</translation>
        </message>
        <message>
            <source>地址不是网页，打不开：{names}</source>
            <translation>Not an address of a page, cannot be opened: {names}</translation>
        </message>
        <message>
            <source>平台没有给报告和影像页的地址</source>
            <translation>The platform gave no address of a report or image page</translation>
        </message>
        <message>
            <source>打开影像页</source>
            <translation>Open image page</translation>
        </message>
        <message>
            <source>打开报告</source>
            <translation>Open report</translation>
        </message>
        <message>
            <source>接着取 {n} 幅</source>
            <translation>Fetch {n} more</translation>
        </message>
        <message>
            <source>显示姓名</source>
            <translation>Show name</translation>
        </message>
        <message>
            <source>核对是不是那家医院或平台的主机，再加到设置的“允许的主机”里。</source>
            <translation>Check that it is that hospital's or the platform's host, then add it to "Allowed hosts" in the settings.</translation>
        </message>
        <message>
            <source>正在取图像，可以先看已经到的</source>
            <translation>Fetching; the images already here can be viewed</translation>
        </message>
        <message>
            <source>要信息科允许的主机</source>
            <translation>Hosts that IT has to allow</translation>
        </message>
    </context>
    <context>
        <name>OutsideForm</name>
        <message>
            <source>不写姓名和证件号；会记进操作记录</source>
            <translation>No names or numbers; it goes into the audit trail</translation>
        </message>
        <message>
            <source>为什么看</source>
            <translation>Reason</translation>
        </message>
        <message>
            <source>从哪天起</source>
            <translation>From day</translation>
        </message>
        <message>
            <source>会和查询一起记进操作记录</source>
            <translation>Kept in the audit trail</translation>
        </message>
        <message>
            <source>到</source>
            <translation>to</translation>
        </message>
        <message>
            <source>到哪天止</source>
            <translation>To day</translation>
        </message>
        <message>
            <source>可以不填；填了平台会核对</source>
            <translation>Optional, checked</translation>
        </message>
        <message>
            <source>可以扫，也可以放上读卡器</source>
            <translation>Scan it, or use the card reader</translation>
        </message>
        <message>
            <source>姓名</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>按《常用证件代码》</source>
            <translation>By GA/T 2000.156</translation>
        </message>
        <message>
            <source>校验位正确</source>
            <translation>Check digit right</translation>
        </message>
        <message>
            <source>检查日期</source>
            <translation>Exam date</translation>
        </message>
        <message>
            <source>自己写的原因</source>
            <translation>Your own reason</translation>
        </message>
        <message>
            <source>证件号</source>
            <translation>Certificate number</translation>
        </message>
        <message>
            <source>证件类型</source>
            <translation>Certificate</translation>
        </message>
        <message>
            <source>证件类型代码</source>
            <translation>Certificate code</translation>
        </message>
    </context>
    <context>
        <name>OutsideImages</name>
        <message>
            <source>取其他医院的图像</source>
            <translation>Fetching other hospitals' images</translation>
        </message>
    </context>
    <context>
        <name>OutsideList</name>
        <message>
            <source>不筛选</source>
            <translation>No filter</translation>
        </message>
        <message>
            <source>份</source>
            <translation>studies</translation>
        </message>
        <message>
            <source>全部</source>
            <translation>All</translation>
        </message>
        <message>
            <source>其他医院的检查</source>
            <translation>Examinations of other hospitals</translation>
        </message>
        <message>
            <source>医院</source>
            <translation>Hospital</translation>
        </message>
        <message>
            <source>医院或部位</source>
            <translation>Hospital or part</translation>
        </message>
        <message>
            <source>只有网页</source>
            <translation>Page only</translation>
        </message>
        <message>
            <source>图像</source>
            <translation>Images</translation>
        </message>
        <message>
            <source>换个医院或说法再试。</source>
            <translation>Try another hospital or word.</translation>
        </message>
        <message>
            <source>有图像</source>
            <translation>Images</translation>
        </message>
        <message>
            <source>检查日期</source>
            <translation>Exam date</translation>
        </message>
        <message>
            <source>没有影像</source>
            <translation>No images</translation>
        </message>
        <message>
            <source>等信息科允许</source>
            <translation>IT must allow</translation>
        </message>
        <message>
            <source>网页</source>
            <translation>Pages</translation>
        </message>
        <message>
            <source>这样筛选没有检查</source>
            <translation>No examination passes this filter</translation>
        </message>
        <message>
            <source>部位</source>
            <translation>Part</translation>
        </message>
    </context>
    <context>
        <name>OutsidePictures</name>
        <message numerus="yes">
            <source>{n} 幅</source>
            <translation>
                <numerusform>{n} image</numerusform>
                <numerusform>{n} images</numerusform>
            </translation>
        </message>
        <message>
            <source>不能显示
文件已取回</source>
            <translation>Cannot show
file is here</translation>
        </message>
        <message>
            <source>平台没有给</source>
            <translation>Not given by
the platform</translation>
        </message>
        <message>
            <source>序列 {n}</source>
            <translation>Series {n}</translation>
        </message>
        <message>
            <source>正在生成</source>
            <translation>Being made</translation>
        </message>
        <message>
            <source>还没有取
共 {n} 幅</source>
            <translation>Not fetched
{n} images</translation>
        </message>
    </context>
    <context>
        <name>OutsideResults</name>
        <message>
            <source>{at} 查的</source>
            <translation>asked at {at}</translation>
        </message>
        <message>
            <source>{first} 到 {last}</source>
            <translation>{first} to {last}</translation>
        </message>
        <message>
            <source>{first} 到今天</source>
            <translation>{first} to today</translation>
        </message>
        <message numerus="yes">
            <source>{n} 家医院</source>
            <translation>
                <numerusform>{n} hospital</numerusform>
                <numerusform>{n} hospitals</numerusform>
            </translation>
        </message>
        <message>
            <source>不限日期再查</source>
            <translation>Ask for all days</translation>
        </message>
        <message>
            <source>为什么看</source>
            <translation>Reason</translation>
        </message>
        <message>
            <source>全部日期</source>
            <translation>all days</translation>
        </message>
        <message>
            <source>平台上没有这位患者在其他医院的检查</source>
            <translation>The platform knows no study of this patient at other hospitals</translation>
        </message>
        <message>
            <source>显示</source>
            <translation>Show</translation>
        </message>
        <message>
            <source>更早的可能有。姓名和证件号再核对一下，或者把日期放宽。</source>
            <translation>There may be older ones. Check name and number, or widen the days.</translation>
        </message>
        <message numerus="yes">
            <source>查到 {n} 份</source>
            <translation>
                <numerusform>{n} study found</numerusform>
                <numerusform>{n} studies found</numerusform>
            </translation>
        </message>
        <message>
            <source>正在问平台，其他医院有没有这位患者的检查</source>
            <translation>Asking the platform what other hospitals have of this patient</translation>
        </message>
        <message>
            <source>证件类型和号码再核对一下；对的话就到此为止。</source>
            <translation>Check the certificate's type and number; if both are right, there is nothing more to do.</translation>
        </message>
        <message>
            <source>这段时间里，其他医院没有这位患者的检查</source>
            <translation>Other hospitals have nothing of this patient in this time</translation>
        </message>
        <message>
            <source>重新查询</source>
            <translation>Ask again</translation>
        </message>
    </context>
    <context>
        <name>OutsideStart</name>
        <message>
            <source>今天我看过的</source>
            <translation>Patients I looked at today</translation>
        </message>
        <message>
            <source>今天还没有看过</source>
            <translation>None yet today</translation>
        </message>
        <message>
            <source>先选为什么看，再扫身份证或者填证件号</source>
            <translation>Choose why first, then scan the identity card or enter the number</translation>
        </message>
        <message>
            <source>再看一次也会记进操作记录；结果还新时不用再问平台。</source>
            <translation>Looking again is recorded too; recent results need no new query.</translation>
        </message>
        <message>
            <source>查到的检查按医院列出来；有图像的取到本机看，只有网页的在浏览器里打开。</source>
            <translation>Results are listed by hospital; images are fetched to this computer, pages open in the browser.</translation>
        </message>
        <message>
            <source>正在问平台，其他医院有没有这位患者的检查</source>
            <translation>Asking the platform what other hospitals have of this patient</translation>
        </message>
        <message>
            <source>要再问平台</source>
            <translation>asks again</translation>
        </message>
        <message>
            <source>还有没填对的，看红字</source>
            <translation>Something is not right yet; see the red lines</translation>
        </message>
    </context>
    <context>
        <name>OutsideUnready</name>
        <message>
            <source>交易机构编号</source>
            <translation>Institution code</translation>
        </message>
        <message>
            <source>去填{name}</source>
            <translation>Enter the {name}</translation>
        </message>
        <message>
            <source>平台地址</source>
            <translation>Platform address</translation>
        </message>
        <message>
            <source>平台密钥</source>
            <translation>platform key</translation>
        </message>
        <message>
            <source>请信息科填好，填完这里就能用。</source>
            <translation>IT fills them in; then this page can be used.</translation>
        </message>
        <message>
            <source>贵州平台还没有设置好</source>
            <translation>The Guizhou platform is not set up yet</translation>
        </message>
        <message>
            <source>还缺：{names}</source>
            <translation>Still missing: {names}</translation>
        </message>
    </context>
    <context>
        <name>OutsideWords</name>
        <message>
            <source>1 份</source>
            <translation>1 study</translation>
        </message>
        <message>
            <source>{n} 份</source>
            <translation>{n} studies</translation>
        </message>
        <message>
            <source>{n} 幅都取回来了</source>
            <translation>All {n} images are here</translation>
        </message>
        <message>
            <source>不像身份证号，请再看一眼；是别的证件请改证件类型</source>
            <translation>Does not look like an identity number; look again, or change the kind</translation>
        </message>
        <message>
            <source>主机还没有允许，请信息科看</source>
            <translation>Its host is not allowed; ask IT</translation>
        </message>
        <message>
            <source>全部</source>
            <translation>All</translation>
        </message>
        <message>
            <source>其他证件，填代码</source>
            <translation>Other, by its code</translation>
        </message>
        <message>
            <source>其他，自己写</source>
            <translation>Other, in own words</translation>
        </message>
        <message>
            <source>医院没有写</source>
            <translation>Hospital not given</translation>
        </message>
        <message>
            <source>原因里不要写姓名和证件号</source>
            <translation>No names or numbers in the reason</translation>
        </message>
        <message>
            <source>取回了 {n} 幅，还差 {m} 幅</source>
            <translation>{n} images are here, {m} missing</translation>
        </message>
        <message>
            <source>只放在本机缓存里，过几天自动清掉，绝不上传。</source>
            <translation>Kept only in this computer's cache for some days, then removed; never uploaded.</translation>
        </message>
        <message>
            <source>只有网页</source>
            <translation>Page only</translation>
        </message>
        <message>
            <source>可以取图</source>
            <translation>Can be fetched</translation>
        </message>
        <message>
            <source>可能还没有缓存，过一会儿再查。</source>
            <translation>Perhaps not cached yet; ask again later.</translation>
        </message>
        <message>
            <source>图像可以取到本机来看</source>
            <translation>The images can be fetched to this machine</translation>
        </message>
        <message>
            <source>图像在一台还没有允许的主机上</source>
            <translation>The images are on a host that is not allowed yet</translation>
        </message>
        <message>
            <source>地址不是网页，不能打开</source>
            <translation>Not the address of a page</translation>
        </message>
        <message>
            <source>填 1 到 6 位数字或字母</source>
            <translation>1 to 6 digits or letters</translation>
        </message>
        <message>
            <source>太长了，最长 50 个字</source>
            <translation>Too long, 50 at most</translation>
        </message>
        <message>
            <source>太长了，最长 600 位</source>
            <translation>Too long, 600 at most</translation>
        </message>
        <message>
            <source>居民身份证</source>
            <translation>Identity card</translation>
        </message>
        <message>
            <source>已取 {n}/{m} 幅</source>
            <translation>{n}/{m} fetched</translation>
        </message>
        <message>
            <source>已取回 {n} 幅</source>
            <translation>{n} fetched</translation>
        </message>
        <message>
            <source>已经取回的不会再取。</source>
            <translation>What is here is not fetched again.</translation>
        </message>
        <message>
            <source>平台有 {n} 幅。</source>
            <translation>The platform has {n}.</translation>
        </message>
        <message>
            <source>平台没有给地址</source>
            <translation>The platform gave no address</translation>
        </message>
        <message>
            <source>平台没有给影像</source>
            <translation>The platform gives no images</translation>
        </message>
        <message>
            <source>平台没有缓存图像，只有网页</source>
            <translation>The platform has no images cached, only a page</translation>
        </message>
        <message>
            <source>平台的清单里没有图像</source>
            <translation>The platform's list holds no image</translation>
        </message>
        <message>
            <source>序列 {n}</source>
            <translation>Series {n}</translation>
        </message>
        <message>
            <source>开始日期晚于结束日期</source>
            <translation>The first day is after the last</translation>
        </message>
        <message>
            <source>影像页</source>
            <translation>images</translation>
        </message>
        <message>
            <source>患者本人要求</source>
            <translation>The patient asks for it</translation>
        </message>
        <message>
            <source>打开影像页，在那家医院的页面上看。</source>
            <translation>Open the image page and look there.</translation>
        </message>
        <message>
            <source>报告</source>
            <translation>report</translation>
        </message>
        <message>
            <source>最长 {n} 个字</source>
            <translation>At most {n} characters</translation>
        </message>
        <message>
            <source>有 {n} 幅平台没有给，可以再取一次</source>
            <translation>The platform did not give {n}; fetch them again</translation>
        </message>
        <message>
            <source>正在取</source>
            <translation>Fetching</translation>
        </message>
        <message>
            <source>正在取 {n}/{m}</source>
            <translation>Fetching {n}/{m}</translation>
        </message>
        <message>
            <source>没有影像</source>
            <translation>No images</translation>
        </message>
        <message>
            <source>看病时对照以前的检查</source>
            <translation>Compare with earlier examinations</translation>
        </message>
        <message>
            <source>第 18 位不对，请核对最后几位</source>
            <translation>Check digit does not match; check the last digits</translation>
        </message>
        <message>
            <source>等信息科允许</source>
            <translation>IT must allow</translation>
        </message>
        <message>
            <source>自己选</source>
            <translation>Choose</translation>
        </message>
        <message>
            <source>请信息科核对下面的主机，在设置里允许以后就能取。</source>
            <translation>IT checks the host below and allows it in the settings; then they can be fetched.</translation>
        </message>
        <message>
            <source>请先选为什么看；自己写的话至少两个字</source>
            <translation>Choose why first; in own words at least two characters</translation>
        </message>
        <message>
            <source>请填证件号</source>
            <translation>Enter the certificate number</translation>
        </message>
        <message>
            <source>请选为什么看…</source>
            <translation>Choose why…</translation>
        </message>
        <message>
            <source>转诊或会诊</source>
            <translation>Referral or consultation</translation>
        </message>
        <message>
            <source>近 1 年</source>
            <translation>1 year</translation>
        </message>
        <message>
            <source>近 3 年</source>
            <translation>3 years</translation>
        </message>
        <message>
            <source>避免重复检查</source>
            <translation>Avoid a repeat examination</translation>
        </message>
        <message>
            <source>部位没有写</source>
            <translation>Part not given</translation>
        </message>
        <message>
            <source>需要的话，请和那家医院联系。</source>
            <translation>Ask that hospital if you need them.</translation>
        </message>
    </context>
    <context>
        <name>OverviewPage</name>
        <message>
            <source>{label}“{value}”没有代码</source>
            <translation>{label} "{value}" has no code</translation>
        </message>
        <message>
            <source>{month}月{day}日 {weekday} {time} · 今天 00:00 起 · 每秒更新</source>
            <translation>{weekday} {month}/{day} {time} · since 00:00 today · updated every second</translation>
        </message>
        <message>
            <source>─ 已确认</source>
            <translation>─ Confirmed</translation>
        </message>
        <message>
            <source>┄ 收到</source>
            <translation>┄ Received</translation>
        </message>
        <message>
            <source>上传中和排队</source>
            <translation>Uploading and in line</translation>
        </message>
        <message>
            <source>不用传</source>
            <translation>Not uploaded</translation>
        </message>
        <message>
            <source>去处理</source>
            <translation>Go and fix</translation>
        </message>
        <message>
            <source>去对照</source>
            <translation>Go to mapping</translation>
        </message>
        <message>
            <source>周一 周二 周三 周四 周五 周六 周日</source>
            <translation>Mon Tue Wed Thu Fri Sat Sun</translation>
        </message>
        <message numerus="yes">
            <source>处理平台没有收的 {n} 位</source>
            <translation>
                <numerusform>Fix {n} refused authorization</numerusform>
                <numerusform>Fix {n} refused authorizations</numerusform>
            </translation>
        </message>
        <message>
            <source>处理这 {n} 份</source>
            <translation>Fix these {n}</translation>
        </message>
        <message>
            <source>失败</source>
            <translation>Failed</translation>
        </message>
        <message>
            <source>已取消</source>
            <translation>Cancelled</translation>
        </message>
        <message>
            <source>已确认</source>
            <translation>Confirmed</translation>
        </message>
        <message>
            <source>待处理</source>
            <translation>Needs fix</translation>
        </message>
        <message>
            <source>总览</source>
            <translation>Overview</translation>
        </message>
        <message>
            <source>按影响的份数排</source>
            <translation>By how many studies they hold up</translation>
        </message>
        <message>
            <source>收起来了，需要时在设置里填</source>
            <translation>Put away; fill it in in Settings when needed</translation>
        </message>
        <message>
            <source>暂时读不出数据，程序会再试。</source>
            <translation>The data cannot be read at the moment; the program tries again.</translation>
        </message>
        <message>
            <source>最近 6 小时</source>
            <translation>Last 6 hours</translation>
        </message>
        <message>
            <source>有问题的检查会列在这里</source>
            <translation>Studies with a problem are listed here</translation>
        </message>
        <message>
            <source>每 10 分钟的检查份数</source>
            <translation>Studies every 10 minutes</translation>
        </message>
        <message>
            <source>没有检查在等人处理</source>
            <translation>No study waits for a person</translation>
        </message>
        <message>
            <source>没有要处理的</source>
            <translation>Nothing to fix</translation>
        </message>
        <message>
            <source>登记员可做</source>
            <translation>A clerk can do it</translation>
        </message>
        <message>
            <source>登记授权</source>
            <translation>Enter an authorization</translation>
        </message>
        <message>
            <source>程序会处理</source>
            <translation>The program is on it</translation>
        </message>
        <message>
            <source>等人处理</source>
            <translation>Waiting for a person</translation>
        </message>
        <message>
            <source>等平台</source>
            <translation>Waits for the platform</translation>
        </message>
        <message>
            <source>缺记录或缺图像</source>
            <translation>No record or no images</translation>
        </message>
        <message>
            <source>请信息科</source>
            <translation>Ask IT</translation>
        </message>
        <message>
            <source>还在接收</source>
            <translation>Still receiving</translation>
        </message>
        <message>
            <source>这一页回答“一切正常吗”。横条里是今天的每一份检查，数字都能点，点了就看到它数的那些。右边是等人处理的原因，影响最多的在最上面。</source>
            <translation>This page answers "is everything all right?" The bar holds every study of today; each number can be clicked and shows the studies it counts. On the right are the causes that wait for a person, the one that holds up most on top.</translation>
        </message>
    </context>
    <context>
        <name>OverviewTiles</name>
        <message>
            <source>{at} 再试一次</source>
            <translation>Next try {at}</translation>
        </message>
        <message numerus="yes">
            <source>{n} 份等着发送</source>
            <translation>
                <numerusform>{n} waits to be sent</numerusform>
                <numerusform>{n} wait to be sent</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} 台设备正在发送</source>
            <translation>
                <numerusform>{n} device sending</numerusform>
                <numerusform>{n} devices sending</numerusform>
            </translation>
        </message>
        <message>
            <source>{who} 暂停了上传</source>
            <translation>Uploads paused by {who}</translation>
        </message>
        <message>
            <source>不应答</source>
            <translation>No answer</translation>
        </message>
        <message>
            <source>剩 {size}</source>
            <translation>{size} free</translation>
        </message>
        <message>
            <source>启动中</source>
            <translation>Starting</translation>
        </message>
        <message>
            <source>在上传队列里继续</source>
            <translation>Resume them in the upload queue</translation>
        </message>
        <message>
            <source>少于 {n} MB 时停止接收</source>
            <translation>Receiving stops below {n} MB</translation>
        </message>
        <message>
            <source>平台应答后自动发出；没有应答的由人再发</source>
            <translation>Sent once the platform answers; a person sends those without an answer again</translation>
        </message>
        <message>
            <source>应答 {ms} ms</source>
            <translation>Answers in {ms} ms</translation>
        </message>
        <message>
            <source>快满了</source>
            <translation>Almost full</translation>
        </message>
        <message>
            <source>患者授权</source>
            <translation>Authorization</translation>
        </message>
        <message numerus="yes">
            <source>拒绝过 {n} 次</source>
            <translation>
                <numerusform>Rejected {n} time</numerusform>
                <numerusform>Rejected {n} times</numerusform>
            </translation>
        </message>
        <message>
            <source>接收</source>
            <translation>Receiver</translation>
        </message>
        <message>
            <source>最近一次 {at}</source>
            <translation>Last answer {at}</translation>
        </message>
        <message>
            <source>有问题</source>
            <translation>Problem</translation>
        </message>
        <message>
            <source>正常</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>没有等着发送的</source>
            <translation>None waiting to be sent</translation>
        </message>
        <message numerus="yes">
            <source>照最近的快慢约 {n} 天后满</source>
            <translation>
                <numerusform>At this rate full in about {n} day</numerusform>
                <numerusform>At this rate full in about {n} days</numerusform>
            </translation>
        </message>
        <message>
            <source>磁盘</source>
            <translation>Disk</translation>
        </message>
        <message>
            <source>程序会自己再试</source>
            <translation>The program tries again by itself</translation>
        </message>
        <message>
            <source>端口 {port}</source>
            <translation>Port {port}</translation>
        </message>
        <message>
            <source>还没有上传过</source>
            <translation>Nothing uploaded yet</translation>
        </message>
        <message>
            <source>还没有数</source>
            <translation>No figure yet</translation>
        </message>
        <message>
            <source>还没有用过</source>
            <translation>Not used yet</translation>
        </message>
    </context>
    <context>
        <name>PageHeader</name>
        <message>
            <source>更多</source>
            <translation>More</translation>
        </message>
    </context>
    <context>
        <name>PatientSearch</name>
        <message>
            <source>↑↓ 选择   Enter 打开   Esc 返回</source>
            <translation>↑↓ choose   Enter open   Esc back</translation>
        </message>
        <message>
            <source>只列最新的 {n} 份；再多打几个字会更准。</source>
            <translation>Only the newest {n} are listed; type more to narrow it down.</translation>
        </message>
        <message>
            <source>姓名、拼音、首字母、检查号、患者号</source>
            <translation>Name, pinyin, initials, accession or patient number</translation>
        </message>
        <message>
            <source>打几个字就开始找；所有日期都找，最新的在前。</source>
            <translation>Type a few characters to search; all dates, newest first.</translation>
        </message>
        <message>
            <source>没有找到。可以试试检查号，或姓名的首字母，如 ouyn。</source>
            <translation>Nothing found. Try the accession number, or the name's initials such as ouyn.</translation>
        </message>
    </context>
    <context>
        <name>Phrases</name>
        <message>
            <source>{label}：{value}</source>
            <translation>{label}: {value}</translation>
        </message>
        <message>
            <source>{text}（{note}）</source>
            <translation>{text} ({note})</translation>
        </message>
        <message>
            <source>、</source>
            <translation>, </translation>
        </message>
        <message>
            <source>。</source>
            <translation>. </translation>
        </message>
        <message>
            <source>，</source>
            <translation>, </translation>
        </message>
        <message>
            <source>；</source>
            <translation>; </translation>
        </message>
    </context>
    <context>
        <name>PlatformPart</name>
        <message>
            <source>地址能连通（不等于令牌可用），{ms} ms</source>
            <translation>The address answers (which does not prove the token), {ms} ms</translation>
        </message>
        <message>
            <source>地址能连通（不等于能上传），{ms} ms</source>
            <translation>Address reachable (does not mean uploads work), {ms} ms</translation>
        </message>
    </context>
    <context>
        <name>PlatformStep</name>
        <message>
            <source>SM4 密钥</source>
            <translation>SM4 key</translation>
        </message>
        <message>
            <source>互认系统的地址，只写到端口为止</source>
            <translation>Of the sharing system, up to the port</translation>
        </message>
        <message>
            <source>保存并测试</source>
            <translation>Save and test</translation>
        </message>
        <message>
            <source>先在第 1 步选省份。</source>
            <translation>Choose the province in step 1 first.</translation>
        </message>
        <message>
            <source>医保前置机的地址，写到 /mie/api/mie 为止</source>
            <translation>The insurance gateway's address, ending in /mie/api/mie</translation>
        </message>
        <message>
            <source>填好以后，左边会有“患者授权”和“共享调阅”两页。</source>
            <translation>Then the pages Authorization and Shared viewing are at the left.</translation>
        </message>
        <message>
            <source>填平台给的地址和密钥，点“保存并测试”。测试只问平台在不在，不会发送任何患者数据。</source>
            <translation>Enter the address and key the platform gave, then press "Save and test". The test only asks whether the platform is there; no patient data is sent.</translation>
        </message>
        <message>
            <source>密钥</source>
            <translation>Key</translation>
        </message>
        <message>
            <source>封好存在本机，不写进配置文件，也不再显示</source>
            <translation>Sealed on this computer, not written to the settings file, never shown again</translation>
        </message>
        <message>
            <source>平台地址</source>
            <translation>Platform address</translation>
        </message>
        <message>
            <source>平台地址和密钥</source>
            <translation>Platform address and key</translation>
        </message>
        <message>
            <source>正在测试…</source>
            <translation>Testing…</translation>
        </message>
        <message>
            <source>现在不填也行：图像先收着，连上后自动补传。</source>
            <translation>Can wait: images are received now and uploaded once connected.</translation>
        </message>
    </context>
    <context>
        <name>ProgressStrip</name>
        <message>
            <source>{done} / {total}</source>
            <translation>{done} / {total}</translation>
        </message>
        <message>
            <source>停下</source>
            <translation>Stop</translation>
        </message>
        <message>
            <source>正在停</source>
            <translation>Stopping</translation>
        </message>
    </context>
    <context>
        <name>QueueColumns</name>
        <message>
            <source>HTTP</source>
            <translation>HTTP</translation>
        </message>
        <message>
            <source>下次</source>
            <translation>Next try</translation>
        </message>
        <message>
            <source>内容</source>
            <translation>What</translation>
        </message>
        <message>
            <source>原因</source>
            <translation>Cause</translation>
        </message>
        <message>
            <source>平台原文 / 原因</source>
            <translation>Raw answer / cause</translation>
        </message>
        <message>
            <source>患者</source>
            <translation>Patient</translation>
        </message>
        <message>
            <source>患者 / 检查号</source>
            <translation>Patient / accession</translation>
        </message>
        <message>
            <source>检查号</source>
            <translation>Accession</translation>
        </message>
        <message>
            <source>次数</source>
            <translation>Attempts</translation>
        </message>
        <message>
            <source>状态</source>
            <translation>State</translation>
        </message>
    </context>
    <context>
        <name>QueueDrawer</name>
        <message>
            <source>{who} 暂停了它</source>
            <translation>Paused by {who}</translation>
        </message>
        <message>
            <source>不用传</source>
            <translation>Need not be uploaded</translation>
        </message>
        <message>
            <source>不用操作，平台恢复后程序接着传</source>
            <translation>Nothing to do; goes on when the platform is back</translation>
        </message>
        <message>
            <source>不用操作，正在上传</source>
            <translation>Nothing to do; uploading</translation>
        </message>
        <message>
            <source>不用操作，正在请平台删除</source>
            <translation>Nothing to do; the platform is being asked to delete</translation>
        </message>
        <message>
            <source>不用操作，程序 {time} 重试</source>
            <translation>Nothing to do; the program retries at {time}</translation>
        </message>
        <message>
            <source>不用操作，轮到就上传</source>
            <translation>Nothing to do; uploads when its turn comes</translation>
        </message>
        <message>
            <source>不用操作，轮到就请平台删除</source>
            <translation>Nothing to do; the platform is asked when its turn comes</translation>
        </message>
        <message>
            <source>再传也不会成功，要先改内容</source>
            <translation>Sending again will not help; the content must change</translation>
        </message>
        <message>
            <source>原始应答</source>
            <translation>Raw answers</translation>
        </message>
        <message>
            <source>去改</source>
            <translation>Go and fix</translation>
        </message>
        <message>
            <source>取消这一项</source>
            <translation>Cancel this one</translation>
        </message>
        <message>
            <source>取消这一项…</source>
            <translation>Cancel this one…</translation>
        </message>
        <message>
            <source>已取消，图像和记录都留在本机</source>
            <translation>Cancelled; images and records stay here</translation>
        </message>
        <message>
            <source>平台原文</source>
            <translation>Raw answer</translation>
        </message>
        <message>
            <source>平台已删除</source>
            <translation>Deleted by the platform</translation>
        </message>
        <message>
            <source>平台已确认</source>
            <translation>Confirmed by the platform</translation>
        </message>
        <message>
            <source>改好自动上传</source>
            <translation>Uploads by itself once fixed</translation>
        </message>
        <message>
            <source>旧索引不再使用</source>
            <translation>The old index is not used again</translation>
        </message>
        <message>
            <source>显示姓名</source>
            <translation>Show name</translation>
        </message>
        <message>
            <source>暂停这一项</source>
            <translation>Pause this one</translation>
        </message>
        <message>
            <source>每一幅都等平台应答</source>
            <translation>Waits for the platform's answer to each image</translation>
        </message>
        <message>
            <source>每次请求</source>
            <translation>Every request</translation>
        </message>
        <message>
            <source>没有删除，平台上的还在</source>
            <translation>Not deleted; the platform still holds it</translation>
        </message>
        <message>
            <source>没有成功，程序不再自己重试</source>
            <translation>It failed; the program no longer retries by itself</translation>
        </message>
        <message>
            <source>看这份检查</source>
            <translation>Show this study</translation>
        </message>
        <message>
            <source>等平台答应</source>
            <translation>Waits for its word</translation>
        </message>
        <message>
            <source>继续</source>
            <translation>Go on</translation>
        </message>
        <message>
            <source>继续以后接着传，已传的不重传</source>
            <translation>Goes on when resumed; nothing is sent twice</translation>
        </message>
        <message>
            <source>要先改内容，再传也不会成功</source>
            <translation>The content must change; sending again will not help</translation>
        </message>
        <message>
            <source>还没有发过</source>
            <translation>Nothing sent yet</translation>
        </message>
        <message>
            <source>重试就再请平台删除</source>
            <translation>A retry asks the platform again</translation>
        </message>
        <message>
            <source>重试就接着传</source>
            <translation>Retry to go on</translation>
        </message>
        <message>
            <source>重试这一项</source>
            <translation>Retry this one</translation>
        </message>
    </context>
    <context>
        <name>QueueExport</name>
        <message>
            <source>上传队列</source>
            <translation>Upload queue</translation>
        </message>
        <message>
            <source>下次</source>
            <translation>Next try</translation>
        </message>
        <message>
            <source>内容</source>
            <translation>What</translation>
        </message>
        <message>
            <source>原因</source>
            <translation>Cause</translation>
        </message>
        <message>
            <source>图像共</source>
            <translation>Images in all</translation>
        </message>
        <message>
            <source>图像已确认</source>
            <translation>Images confirmed</translation>
        </message>
        <message>
            <source>姓名</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>导出上传队列</source>
            <translation>Export upload queue</translation>
        </message>
        <message numerus="yes">
            <source>已导出 {n} 项到 {name}</source>
            <translation>
                <numerusform>Exported {n} delivery to {name}</numerusform>
                <numerusform>Exported {n} deliveries to {name}</numerusform>
            </translation>
        </message>
        <message>
            <source>平台</source>
            <translation>Platform</translation>
        </message>
        <message>
            <source>平台原文</source>
            <translation>Raw answer</translation>
        </message>
        <message>
            <source>检查号</source>
            <translation>Accession</translation>
        </message>
        <message>
            <source>次数</source>
            <translation>Attempts</translation>
        </message>
        <message>
            <source>状态</source>
            <translation>State</translation>
        </message>
        <message>
            <source>进队列</source>
            <translation>Queued at</translation>
        </message>
    </context>
    <context>
        <name>QueueFilter</name>
        <message>
            <source>不归组</source>
            <translation>No groups</translation>
        </message>
        <message>
            <source>全部</source>
            <translation>All</translation>
        </message>
        <message>
            <source>原因</source>
            <translation>Cause</translation>
        </message>
        <message>
            <source>只看：{title}</source>
            <translation>Only: {title}</translation>
        </message>
        <message>
            <source>回到按原因归组</source>
            <translation>Back to groups by cause</translation>
        </message>
        <message>
            <source>在此列表中筛选</source>
            <translation>Filter this list</translation>
        </message>
        <message>
            <source>平台</source>
            <translation>Platform</translation>
        </message>
        <message>
            <source>归组</source>
            <translation>Group by</translation>
        </message>
    </context>
    <context>
        <name>QueueGroupTable</name>
        <message>
            <source>全不选</source>
            <translation>Select none</translation>
        </message>
        <message>
            <source>全选这 {n} 项</source>
            <translation>Select all {n}</translation>
        </message>
        <message>
            <source>还有 {n} 项…</source>
            <translation>{n} more…</translation>
        </message>
    </context>
    <context>
        <name>QueueOperator</name>
        <message numerus="yes">
            <source>{n} 项属于 {exams} 份检查：{kinds}。</source>
            <translation>
                <numerusform>{n} delivery of {exams} study: {kinds}.</numerusform>
                <numerusform>{n} deliveries of {exams} studies: {kinds}.</numerusform>
            </translation>
        </message>
        <message>
            <source>{what} {n} 项</source>
            <translation>{what} {n}</translation>
        </message>
        <message>
            <source>不取消</source>
            <translation>Do not cancel</translation>
        </message>
        <message numerus="yes">
            <source>其中 {n} 项正在上传，当前这一幅传完就停。</source>
            <translation>
                <numerusform>{n} of them is uploading and stops after the current image.</numerusform>
                <numerusform>{n} of them are uploading and stop after the current image.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>取消 {n} 项</source>
            <translation>
                <numerusform>Cancel {n} delivery</numerusform>
                <numerusform>Cancel {n} deliveries</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>取消 {n} 项上传？</source>
            <translation>
                <numerusform>Cancel {n} delivery?</numerusform>
                <numerusform>Cancel {n} deliveries?</numerusform>
            </translation>
        </message>
        <message>
            <source>图像和记录都留在本机，以后还能再传；平台已收到的不会删除。</source>
            <translation>Images and records stay here and can be sent later; what the platform has is not deleted.</translation>
        </message>
        <message numerus="yes">
            <source>已取消 {n} 项</source>
            <translation>
                <numerusform>Cancelled {n} delivery</numerusform>
                <numerusform>Cancelled {n} deliveries</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>已恢复 {n} 项，接着传</source>
            <translation>
                <numerusform>Restored {n} delivery, going on</numerusform>
                <numerusform>Restored {n} deliveries, going on</numerusform>
            </translation>
        </message>
        <message>
            <source>已恢复上传，接着传</source>
            <translation>Uploads resumed, going on</translation>
        </message>
        <message numerus="yes">
            <source>已暂停 {n} 项</source>
            <translation>
                <numerusform>Paused {n} delivery</numerusform>
                <numerusform>Paused {n} deliveries</numerusform>
            </translation>
        </message>
        <message>
            <source>已暂停全部上传；正在传的传完这一幅就停</source>
            <translation>All uploads paused; what is uploading stops after the current image</translation>
        </message>
        <message numerus="yes">
            <source>已继续 {n} 项</source>
            <translation>
                <numerusform>Resumed {n} delivery</numerusform>
                <numerusform>Resumed {n} deliveries</numerusform>
            </translation>
        </message>
        <message>
            <source>已重试：{now} 项开始上传、{queued} 项排队、{skipped} 项跳过</source>
            <translation>Retried: {now} uploading, {queued} in line, {skipped} skipped</translation>
        </message>
        <message numerus="yes">
            <source>恢复 {n} 项</source>
            <translation>
                <numerusform>Restore {n} delivery</numerusform>
                <numerusform>Restore {n} deliveries</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>暂停 {n} 项</source>
            <translation>
                <numerusform>Pause {n} delivery</numerusform>
                <numerusform>Pause {n} deliveries</numerusform>
            </translation>
        </message>
        <message>
            <source>没有做完：{why}</source>
            <translation>Not finished: {why}</translation>
        </message>
        <message>
            <source>看这 {n} 项</source>
            <translation>Show these {n}</translation>
        </message>
        <message numerus="yes">
            <source>继续 {n} 项</source>
            <translation>
                <numerusform>Resume {n} delivery</numerusform>
                <numerusform>Resume {n} deliveries</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>重试 {n} 项</source>
            <translation>
                <numerusform>Retry {n} delivery</numerusform>
                <numerusform>Retry {n} deliveries</numerusform>
            </translation>
        </message>
        <message>
            <source>，{skipped} 项不用动</source>
            <translation>, {skipped} left as they are</translation>
        </message>
        <message>
            <source>；停下了，其余 {rest} 项没动</source>
            <translation>; stopped, the other {rest} were not touched</translation>
        </message>
    </context>
    <context>
        <name>QueuePage</name>
        <message>
            <source>上一件还在做</source>
            <translation>The previous action is still running</translation>
        </message>
        <message>
            <source>上传队列</source>
            <translation>Upload queue</translation>
        </message>
        <message>
            <source>导出…</source>
            <translation>Export…</translation>
        </message>
        <message>
            <source>恢复全部</source>
            <translation>Resume all</translation>
        </message>
        <message>
            <source>新的检查收齐、对上记录以后，会自己进来</source>
            <translation>New studies come in by themselves once complete and matched to a record</translation>
        </message>
        <message>
            <source>暂停全部</source>
            <translation>Pause all</translation>
        </message>
        <message>
            <source>暂停或恢复 {platform}</source>
            <translation>Pause or resume {platform}</translation>
        </message>
        <message numerus="yes">
            <source>没传完的 {n} 项 · 今天已确认 {done} 项</source>
            <translation>
                <numerusform>{n} unfinished delivery · {done} confirmed today</numerusform>
                <numerusform>{n} unfinished deliveries · {done} confirmed today</numerusform>
            </translation>
        </message>
        <message>
            <source>没传完的按原因归组，最多的在上面。重试中的程序会自己再试，一般不用管。勾选以后，上面一行会先说多半能成几项，再按“重试”。Enter 打开一项，看每次请求和平台的原话。</source>
            <translation>Unfinished deliveries are grouped by cause, the largest group on top. The program retries by itself; usually there is nothing to do. When you tick some, the line above says how many will likely pass before you press "Retry". Enter opens one with every request and the platform's own words.</translation>
        </message>
        <message>
            <source>没传完的都不在这个筛选里</source>
            <translation>No unfinished delivery matches this filter</translation>
        </message>
        <message>
            <source>没有符合筛选的</source>
            <translation>Nothing matches the filter</translation>
        </message>
        <message>
            <source>没有要传的</source>
            <translation>Nothing to upload</translation>
        </message>
        <message>
            <source>清除筛选</source>
            <translation>Clear filter</translation>
        </message>
        <message>
            <source>还没有填平台地址</source>
            <translation>No platform address set</translation>
        </message>
        <message numerus="yes">
            <source>都传完了，今天已确认 {n} 项</source>
            <translation>
                <numerusform>All uploaded, {n} delivery confirmed today</numerusform>
                <numerusform>All uploaded, {n} deliveries confirmed today</numerusform>
            </translation>
        </message>
        <message>
            <source>项</source>
            <translation>deliveries</translation>
        </message>
    </context>
    <context>
        <name>QueueProgress</name>
        <message numerus="yes">
            <source>共 {n} 幅</source>
            <translation>
                <numerusform>{n} image in all</numerusform>
                <numerusform>{n} images in all</numerusform>
            </translation>
        </message>
        <message>
            <source>发出、没有确认 {n} 幅</source>
            <translation>{n} sent, not confirmed</translation>
        </message>
        <message>
            <source>已确认 {n} 幅</source>
            <translation>{n} confirmed</translation>
        </message>
        <message>
            <source>还没发 {n} 幅</source>
            <translation>{n} not sent yet</translation>
        </message>
    </context>
    <context>
        <name>QueueSelection</name>
        <message numerus="yes">
            <source>{n} 项不用重试</source>
            <translation>
                <numerusform>{n} needs no retry</numerusform>
                <numerusform>{n} need no retry</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} 项多半能成</source>
            <translation>{n} will likely pass</translation>
        </message>
        <message numerus="yes">
            <source>{n} 项暂停着，要先继续</source>
            <translation>
                <numerusform>{n} paused, resume it first</numerusform>
                <numerusform>{n} paused, resume them first</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} 项要信息科先处理</source>
            <translation>
                <numerusform>{n} needs IT first</numerusform>
                <numerusform>{n} need IT first</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} 项要先改内容</source>
            <translation>
                <numerusform>{n} needs a fix first</numerusform>
                <numerusform>{n} need a fix first</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} 项要等平台恢复</source>
            <translation>
                <numerusform>{n} waits for the platform</numerusform>
                <numerusform>{n} wait for the platform</numerusform>
            </translation>
        </message>
        <message>
            <source>先勾选要重试的</source>
            <translation>Tick what to retry first</translation>
        </message>
        <message>
            <source>再传也不会成功，要先改内容</source>
            <translation>Sending again will not help; the content must change</translation>
        </message>
        <message numerus="yes">
            <source>取消 {n} 项</source>
            <translation>
                <numerusform>Cancel {n}</numerusform>
                <numerusform>Cancel {n}</numerusform>
            </translation>
        </message>
        <message>
            <source>取消 {n} 项…</source>
            <translation>Cancel {n}…</translation>
        </message>
        <message>
            <source>已选 {n} 项</source>
            <translation>{n} selected</translation>
        </message>
        <message>
            <source>已选全部 {n} 项</source>
            <translation>All {n} selected</translation>
        </message>
        <message numerus="yes">
            <source>暂停 {n} 项</source>
            <translation>
                <numerusform>Pause {n} delivery</numerusform>
                <numerusform>Pause {n}</numerusform>
            </translation>
        </message>
        <message>
            <source>正在看能成几项…</source>
            <translation>Working out how many will pass…</translation>
        </message>
        <message numerus="yes">
            <source>继续 {n} 项</source>
            <translation>
                <numerusform>Resume {n} delivery</numerusform>
                <numerusform>Resume {n}</numerusform>
            </translation>
        </message>
        <message>
            <source>选中的不用重试，程序会自己传</source>
            <translation>The selected need no retry; the program uploads them</translation>
        </message>
        <message>
            <source>选中的暂停着，先继续</source>
            <translation>The selected are paused; resume them first</translation>
        </message>
        <message>
            <source>选中的都已经结束，没有可以取消的</source>
            <translation>All selected are finished; nothing to cancel</translation>
        </message>
        <message>
            <source>选中的都已经结束，没有可以暂停的</source>
            <translation>All selected are finished; nothing to pause</translation>
        </message>
        <message>
            <source>重试选中的</source>
            <translation>Retry selected</translation>
        </message>
        <message>
            <source>重试选中的 {n} 项</source>
            <translation>Retry {n} selected</translation>
        </message>
    </context>
    <context>
        <name>QueueWords</name>
        <message>
            <source>{n} 项同时在传</source>
            <translation>{n} in parallel</translation>
        </message>
        <message>
            <source>{who} {time} 暂停</source>
            <translation>Paused by {who}, {time}</translation>
        </message>
        <message>
            <source>{who} 暂停了全部上传，恢复后接着传</source>
            <translation>{who} paused all uploads; they go on when resumed</translation>
        </message>
        <message>
            <source>上传中</source>
            <translation>Uploading</translation>
        </message>
        <message>
            <source>上传中 {n} %</source>
            <translation>Uploading {n} %</translation>
        </message>
        <message>
            <source>上传以后内容变了</source>
            <translation>Content changed after the upload</translation>
        </message>
        <message>
            <source>上次没成</source>
            <translation>Last try failed</translation>
        </message>
        <message>
            <source>不用传</source>
            <translation>Not uploaded</translation>
        </message>
        <message>
            <source>今天已确认</source>
            <translation>Confirmed today</translation>
        </message>
        <message>
            <source>从平台删除</source>
            <translation>Deletion</translation>
        </message>
        <message>
            <source>信息科</source>
            <translation>IT</translation>
        </message>
        <message>
            <source>内容有变</source>
            <translation>Changed</translation>
        </message>
        <message>
            <source>内容要先改</source>
            <translation>The content must change first</translation>
        </message>
        <message>
            <source>再传也不会成功；请登记员到待处理里改，改好自动上传</source>
            <translation>Sending again will not help; the clerk fixes it in Needs fix, then it uploads by itself</translation>
        </message>
        <message>
            <source>删除 → 记录 → 图像 → 报告，按顺序，程序自己接着传</source>
            <translation>Deletion → record → images → report, in order; the program goes on by itself</translation>
        </message>
        <message>
            <source>去改这 {n} 项</source>
            <translation>Fix these {n}</translation>
        </message>
        <message>
            <source>图像</source>
            <translation>Images</translation>
        </message>
        <message>
            <source>图像和记录都留在本机；选中后重试就接着传</source>
            <translation>Images and records stay here; select and retry to go on</translation>
        </message>
        <message>
            <source>失败</source>
            <translation>Failed</translation>
        </message>
        <message>
            <source>已取消</source>
            <translation>Cancelled</translation>
        </message>
        <message>
            <source>已暂停</source>
            <translation>Paused</translation>
        </message>
        <message>
            <source>已暂停 {who}</source>
            <translation>Paused {who}</translation>
        </message>
        <message>
            <source>已确认</source>
            <translation>Confirmed</translation>
        </message>
        <message>
            <source>平台</source>
            <translation>Platform</translation>
        </message>
        <message>
            <source>平台恢复后程序自己接着传，不计重试次数</source>
            <translation>Goes on by itself once the platform is back, no attempts used</translation>
        </message>
        <message>
            <source>待处理</source>
            <translation>Needs fix</translation>
        </message>
        <message>
            <source>报告</source>
            <translation>Report</translation>
        </message>
        <message>
            <source>报告写好后，程序自己上传</source>
            <translation>Uploads by itself once the report is written</translation>
        </message>
        <message>
            <source>排队</source>
            <translation>In line</translation>
        </message>
        <message>
            <source>排队，全部上传已暂停</source>
            <translation>In line, all uploads paused</translation>
        </message>
        <message>
            <source>排队，等前面的传完</source>
            <translation>In line behind other uploads</translation>
        </message>
        <message>
            <source>排队，等平台恢复</source>
            <translation>In line until the platform is back</translation>
        </message>
        <message>
            <source>收齐后程序自己上传</source>
            <translation>Uploads by itself once complete</translation>
        </message>
        <message>
            <source>最早的 {time} 进队列</source>
            <translation>Oldest queued {time}</translation>
        </message>
        <message>
            <source>检查记录</source>
            <translation>Exam record</translation>
        </message>
        <message>
            <source>检查记录更正</source>
            <translation>Correction</translation>
        </message>
        <message>
            <source>正在上传</source>
            <translation>Uploading now</translation>
        </message>
        <message>
            <source>正在停</source>
            <translation>Stopping</translation>
        </message>
        <message>
            <source>正在算图像的校验码</source>
            <translation>Computing image checksums</translation>
        </message>
        <message>
            <source>登记员</source>
            <translation>Clerk</translation>
        </message>
        <message>
            <source>看这 {n} 项</source>
            <translation>Show {n}</translation>
        </message>
        <message>
            <source>程序</source>
            <translation>Program</translation>
        </message>
        <message>
            <source>程序会自己重试，最早 {time}，不用操作</source>
            <translation>Retried automatically from {time}, nothing to do</translation>
        </message>
        <message>
            <source>程序马上会自己重试，不用操作</source>
            <translation>Retried in a moment, nothing to do</translation>
        </message>
        <message>
            <source>第 {n} 次</source>
            <translation>Try {n}</translation>
        </message>
        <message>
            <source>等前一项</source>
            <translation>Waits its turn</translation>
        </message>
        <message>
            <source>等前一项先完成</source>
            <translation>Waits for what goes before it</translation>
        </message>
        <message>
            <source>等图像</source>
            <translation>Needs images</translation>
        </message>
        <message>
            <source>等图像：有记录，没收到图像</source>
            <translation>No images: record is here, no images received</translation>
        </message>
        <message>
            <source>等平台恢复</source>
            <translation>Platform down</translation>
        </message>
        <message>
            <source>等待</source>
            <translation>Waiting</translation>
        </message>
        <message>
            <source>等报告</source>
            <translation>Needs report</translation>
        </message>
        <message>
            <source>等收齐</source>
            <translation>Not complete yet</translation>
        </message>
        <message>
            <source>等结算</source>
            <translation>Needs settlement</translation>
        </message>
        <message>
            <source>等结算数据</source>
            <translation>Waits for settlement data</translation>
        </message>
        <message>
            <source>算完程序自己上传</source>
            <translation>Uploads by itself afterwards</translation>
        </message>
        <message>
            <source>算校验码</source>
            <translation>Checksums</translation>
        </message>
        <message>
            <source>结算数据到了，程序自己上传；一直不到时请收费处看</source>
            <translation>Uploads by itself once the data is here; if it never comes, ask the cashier</translation>
        </message>
        <message numerus="yes">
            <source>继续 {n} 项</source>
            <translation>
                <numerusform>Resume {n} delivery</numerusform>
                <numerusform>Resume {n}</numerusform>
            </translation>
        </message>
        <message>
            <source>继续以后接着传，已传的不重传</source>
            <translation>Goes on when resumed; nothing is sent twice</translation>
        </message>
        <message>
            <source>请信息科决定：发更正，或保留平台上的</source>
            <translation>IT decides: send a correction, or keep the platform's</translation>
        </message>
        <message>
            <source>请登记员看设备有没有发送；收到后程序自己上传</source>
            <translation>The clerk checks whether the device sent them; uploads by itself once received</translation>
        </message>
        <message>
            <source>还在接收图像</source>
            <translation>Images still coming in</translation>
        </message>
        <message>
            <source>重试中</source>
            <translation>Retrying</translation>
        </message>
    </context>
    <context>
        <name>RawAnswers</name>
        <message>
            <source>原始应答，已遮盖</source>
            <translation>Raw answer, masked</translation>
        </message>
    </context>
    <context>
        <name>ReceiverStep</name>
        <message numerus="yes">
            <source>{device} 在 {at} 第一次连过来，至今 {n} 幅图像。</source>
            <translation>
                <numerusform>{device} first connected {at}; {n} image so far.</numerusform>
                <numerusform>{device} first connected {at}; {n} images so far.</numerusform>
            </translation>
        </message>
        <message>
            <source>把下面几样填进 CT、MR、DX 或 PACS 的“DICOM 目的地”。第一幅图像或 C-ECHO 到了，这里会自己打勾。</source>
            <translation>Enter these as "DICOM destination" in the CT, MR, DX or PACS. The first image or C-ECHO ticks this off by itself.</translation>
        </message>
        <message>
            <source>接收没有运行，图像现在收不进来。请信息科看。</source>
            <translation>The receiver is not running; no images can come in. IT, please look.</translation>
        </message>
        <message>
            <source>收不到？多半是防火墙。设备试过却被拒绝时，这里会说。</source>
            <translation>Nothing arrives? Most likely the firewall. If a device tried and was rejected, it says so here.</translation>
        </message>
        <message>
            <source>改 AE 或端口</source>
            <translation>Change AE or port</translation>
        </message>
        <message numerus="yes">
            <source>有 {n} 次连接被拒绝，原因看“设置”里的“设备和连接”。</source>
            <translation>
                <numerusform>{n} connection was rejected; see "Devices and connections" in Settings for the reason.</numerusform>
                <numerusform>{n} connections were rejected; see "Devices and connections" in Settings for the reason.</numerusform>
            </translation>
        </message>
        <message>
            <source>本机应答 C-ECHO，{ms} ms</source>
            <translation>This computer answers C-ECHO, {ms} ms</translation>
        </message>
        <message>
            <source>正在听。还没有设备连过来。</source>
            <translation>Listening. No device has connected yet.</translation>
        </message>
        <message>
            <source>正在启动，马上就能收。</source>
            <translation>Starting; images can come in soon.</translation>
        </message>
        <message>
            <source>正在测试…</source>
            <translation>Testing…</translation>
        </message>
        <message>
            <source>测试本机接收</source>
            <translation>Test receiving here</translation>
        </message>
        <message>
            <source>让设备把图像发到这里</source>
            <translation>Let devices send images here</translation>
        </message>
    </context>
    <context>
        <name>RecentStudies</name>
        <message>
            <source>全部检查</source>
            <translation>All studies</translation>
        </message>
        <message>
            <source>最近的检查</source>
            <translation>Latest studies</translation>
        </message>
        <message>
            <source>设备发来图像后，最近的会列在这里</source>
            <translation>The latest are listed here once devices send images</translation>
        </message>
        <message>
            <source>还没有收到检查</source>
            <translation>No studies received yet</translation>
        </message>
    </context>
    <context>
        <name>Rehearsal</name>
        <message>
            <source>演练在另一个窗口里打开，不碰真平台</source>
            <translation>Practice opens in another window and does not touch the real platform</translation>
        </message>
    </context>
    <context>
        <name>RestartStrip</name>
        <message>
            <source>再试一次</source>
            <translation>Try again</translation>
        </message>
        <message>
            <source>图像现在可能收不进来。请再试一次；还不行请看运行日志。</source>
            <translation>Images may not come in now. Try again; if that fails, look at the log.</translation>
        </message>
        <message>
            <source>接收已重新启动，端口 {port}</source>
            <translation>Receiving restarted, port {port}</translation>
        </message>
        <message>
            <source>接收没有重新启动</source>
            <translation>Receiving did not restart</translation>
        </message>
        <message numerus="yes">
            <source>有 {n} 项要重新启动接收才生效</source>
            <translation>
                <numerusform>{n} setting takes effect when receiving restarts</numerusform>
                <numerusform>{n} settings take effect when receiving restarts</numerusform>
            </translation>
        </message>
        <message>
            <source>正在收的会中断，设备会自己重发；已经收下的图像不受影响。大约 10 秒。</source>
            <translation>What is arriving is interrupted and sent again by the device; images already received are not affected. About 10 s.</translation>
        </message>
        <message>
            <source>正在重新启动接收，大约 10 秒</source>
            <translation>Restarting receiving, about 10 s</translation>
        </message>
        <message>
            <source>重新启动接收</source>
            <translation>Restart receiving</translation>
        </message>
    </context>
    <context>
        <name>ResultsCard</name>
        <message>
            <source>不互认理由</source>
            <translation>Why not</translation>
        </message>
        <message>
            <source>先列不互认的，再列异常的</source>
            <translation>Not recognised first, then abnormal</translation>
        </message>
        <message>
            <source>医院 / 日期</source>
            <translation>Hospital / date</translation>
        </message>
        <message>
            <source>参考范围</source>
            <translation>Range</translation>
        </message>
        <message>
            <source>只看不互认的</source>
            <translation>Only those not recognised</translation>
        </message>
        <message>
            <source>只看已互认的</source>
            <translation>Only those recognised</translation>
        </message>
        <message>
            <source>处理</source>
            <translation>Decision</translation>
        </message>
        <message>
            <source>提示</source>
            <translation>Flag</translation>
        </message>
        <message>
            <source>检查</source>
            <translation>Studies</translation>
        </message>
        <message>
            <source>检查 {n} 份</source>
            <translation>Examinations: {n}</translation>
        </message>
        <message>
            <source>检验</source>
            <translation>Laboratory</translation>
        </message>
        <message>
            <source>检验 {n} 项</source>
            <translation>Laboratory: {n}</translation>
        </message>
        <message>
            <source>检验项目</source>
            <translation>Laboratory items</translation>
        </message>
        <message>
            <source>结果</source>
            <translation>Result</translation>
        </message>
        <message>
            <source>结论</source>
            <translation>Conclusion</translation>
        </message>
    </context>
    <context>
        <name>RetentionSection</name>
        <message numerus="yes">
            <source>{amount}，都已由平台逐幅确认满 {days} 天。</source>
            <translation>
                <numerusform>{amount}, confirmed by the platform image by image for {days} days or more.</numerusform>
                <numerusform>{amount}, confirmed by the platform image by image for {days} days or more.</numerusform>
            </translation>
        </message>
        <message>
            <source>{left}，照这样一年内够用</source>
            <translation>{left}; at this rate enough for a year</translation>
        </message>
        <message numerus="yes">
            <source>{left}，照这样约 {n} 天后到保留线</source>
            <translation>
                <numerusform>{left}; at this rate the reserve is reached in about {n} day</numerusform>
                <numerusform>{left}; at this rate the reserve is reached in about {n} days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} 个文件正被别的程序占着，程序会再试着删</source>
            <translation>
                <numerusform>{n} file is held by another program and will be removed later</numerusform>
                <numerusform>{n} files are held by another program and will be removed later</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} 份刚有变化，留着</source>
            <translation>
                <numerusform>{n} study has just changed and stays</numerusform>
                <numerusform>{n} studies have just changed and stay</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{studies} 份、{files} 幅、{size}</source>
            <translation>
                <numerusform>{studies} study, {files} images, {size}</numerusform>
                <numerusform>{studies} studies, {files} images, {size}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{why} {n} 份（{size}）</source>
            <translation>
                <numerusform>{why}: {n} study ({size})</numerusform>
                <numerusform>{why}: {n} studies ({size})</numerusform>
            </translation>
        </message>
        <message>
            <source>上次清理 {at}，清了 {amount}</source>
            <translation>Last cleared {at}: {amount}</translation>
        </message>
        <message>
            <source>不清理</source>
            <translation>Do not clear</translation>
        </message>
        <message numerus="yes">
            <source>从本机清理 {n} 幅图像？</source>
            <translation>
                <numerusform>Clear {n} image from this computer?</numerusform>
                <numerusform>Clear {n} images from this computer?</numerusform>
            </translation>
        </message>
        <message>
            <source>停下了，其余没动</source>
            <translation>stopped, the rest was left alone</translation>
        </message>
        <message>
            <source>删掉的图像文件不能恢复，要用只能请 PACS 重新发来；账本、记录和报告都留着。</source>
            <translation>Removed image files cannot be restored: the PACS would have to send them again. Ledger, records and reports stay.</translation>
        </message>
        <message>
            <source>剩 {size}</source>
            <translation>{size} free</translation>
        </message>
        <message numerus="yes">
            <source>另有 {n} 份的图像留着不动，原因列在上面。</source>
            <translation>
                <numerusform>The images of {n} other study stay; the reasons stand above.</numerusform>
                <numerusform>The images of {n} other studies stay; the reasons stand above.</numerusform>
            </translation>
        </message>
        <message>
            <source>只清平台已逐幅确认、没有任何事还没办完的图像；账本、记录、报告和应答都留着。先列清楚，再问一次。</source>
            <translation>Only images the platform has confirmed one by one, of studies with nothing left to do; ledger, records, reports and answers stay. You see exactly what goes, and are asked first.</translation>
        </message>
        <message>
            <source>按保留天数现在没有要清的</source>
            <translation>By age, nothing may go now</translation>
        </message>
        <message>
            <source>按保留天数现在能清 {amount}</source>
            <translation>By age, may go now: {amount}</translation>
        </message>
        <message>
            <source>按设置的保留天数</source>
            <translation>By the days that are set</translation>
        </message>
        <message>
            <source>最早 {first} 确认，最晚 {last} 确认。</source>
            <translation>Confirmed from {first} to {last}.</translation>
        </message>
        <message>
            <source>最近 7 天平均每天收 {size}</source>
            <translation>{size} a day received over the last 7 days</translation>
        </message>
        <message>
            <source>本机有图像 {amount}</source>
            <translation>Images here: {amount}</translation>
        </message>
        <message>
            <source>正在数…</source>
            <translation>Counting…</translation>
        </message>
        <message>
            <source>正在清理</source>
            <translation>Clearing</translation>
        </message>
        <message>
            <source>正在看磁盘…</source>
            <translation>Looking at the disk…</translation>
        </message>
        <message numerus="yes">
            <source>没有可以清理的：确认满 {n} 天的都清过了，或还没有</source>
            <translation>
                <numerusform>Nothing may go: nothing here has been confirmed for {n} day</numerusform>
                <numerusform>Nothing may go: nothing here has been confirmed for {n} days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>清理 {n} 份检查的图像</source>
            <translation>
                <numerusform>Clear the images of {n} study</numerusform>
                <numerusform>Clear the images of {n} studies</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>清理 {n} 幅</source>
            <translation>
                <numerusform>Clear {n} image</numerusform>
                <numerusform>Clear {n} images</numerusform>
            </translation>
        </message>
        <message>
            <source>清理了 {amount}</source>
            <translation>Cleared: {amount}</translation>
        </message>
        <message>
            <source>清理确认满多少天的</source>
            <translation>Clear what has been confirmed for how many days</translation>
        </message>
        <message>
            <source>留着不清：{what}</source>
            <translation>Stays: {what}</translation>
        </message>
        <message>
            <source>确认满 {n} 天的</source>
            <translation>Confirmed {n} days or more</translation>
        </message>
        <message>
            <source>磁盘现在怎么样</source>
            <translation>The disk now</translation>
        </message>
        <message>
            <source>立即清理…</source>
            <translation>Clear now…</translation>
        </message>
        <message>
            <source>自动清理关着，只有人按下面的按钮才清</source>
            <translation>Automatic clearing is off: nothing goes unless somebody presses the button below</translation>
        </message>
        <message>
            <source>自动清理开着</source>
            <translation>Automatic clearing is on</translation>
        </message>
        <message>
            <source>还没有清理过</source>
            <translation>Nothing was cleared yet</translation>
        </message>
        <message>
            <source>都在 {first} 确认。</source>
            <translation>All confirmed at {first}.</translation>
        </message>
        <message>
            <source>，</source>
            <translation>, </translation>
        </message>
        <message>
            <source>；</source>
            <translation>; </translation>
        </message>
    </context>
    <context>
        <name>SecretField</name>
        <message>
            <source>不换</source>
            <translation>Keep the old one</translation>
        </message>
        <message>
            <source>填入新的</source>
            <translation>Type the new one</translation>
        </message>
        <message>
            <source>换一个</source>
            <translation>Replace</translation>
        </message>
        <message>
            <source>还没有填</source>
            <translation>Not set yet</translation>
        </message>
    </context>
    <context>
        <name>SelectionBar</name>
        <message>
            <source>按 Esc 取消选择</source>
            <translation>Esc clears</translation>
        </message>
        <message>
            <source>正在看能成几项…</source>
            <translation>Working out how many will pass…</translation>
        </message>
    </context>
    <context>
        <name>SeriesRail</name>
        <message>
            <source>不能显示</source>
            <translation>Cannot be
shown</translation>
        </message>
        <message>
            <source>序列</source>
            <translation>Series</translation>
        </message>
        <message>
            <source>正在读图</source>
            <translation>Loading</translation>
        </message>
    </context>
    <context>
        <name>Settings</name>
        <message>
            <source>0 表示由系统选一个空闲端口（仅测试用）。</source>
            <translation>0 lets the system choose a free port (for tests only).</translation>
        </message>
        <message>
            <source>0.9 表示有效期过了九成就换新的（H050）。</source>
            <translation>0.9 renews it after nine tenths of its life (H050).</translation>
        </message>
        <message>
            <source>2.1 的索引字段名</source>
            <translation>Index field of 2.1</translation>
        </message>
        <message>
            <source>2.1、2.3 的输入（input）</source>
            <translation>input of 2.1 and 2.3</translation>
        </message>
        <message>
            <source>2.2 的索引字段名</source>
            <translation>Index field name in 2.2</translation>
        </message>
        <message>
            <source>2.3 的总张数按文本发</source>
            <translation>Send the image count of 2.3 as text</translation>
        </message>
        <message>
            <source>2.3 的索引字段名</source>
            <translation>Index field of 2.3</translation>
        </message>
        <message>
            <source>2.4 的索引字段名</source>
            <translation>Index field name in 2.4</translation>
        </message>
        <message>
            <source>2.5 的交易编号（infno）</source>
            <translation>Transaction number of 2.5 (infno)</translation>
        </message>
        <message>
            <source>2.5 的接口路径</source>
            <translation>Path of 2.5</translation>
        </message>
        <message>
            <source>2.5 的索引字段名</source>
            <translation>Index field of 2.5</translation>
        </message>
        <message>
            <source>2.6 到 2.8 的表里没有 key，默认不发（G023）。</source>
            <translation>The tables of 2.6 to 2.8 have no key; off by default (G023).</translation>
        </message>
        <message>
            <source>2.6 到 2.8 的输入（input）</source>
            <translation>input of 2.6 to 2.8</translation>
        </message>
        <message>
            <source>2.7 的索引字段名</source>
            <translation>Index field of 2.7</translation>
        </message>
        <message>
            <source>2.8 的索引字段名</source>
            <translation>Index field of 2.8</translation>
        </message>
        <message>
            <source>HIS 机构编码（hisOrgCode）</source>
            <translation>HIS institution code (hisOrgCode)</translation>
        </message>
        <message>
            <source>PEM 文件的完整路径，不能带口令；和证书在同一个文件里时不填（G048）。</source>
            <translation>Full path of a PEM file without password; empty if it stands in the certificate file (G048).</translation>
        </message>
        <message>
            <source>PEM 文件的完整路径；不填时用系统信任的证书（G048）。</source>
            <translation>Full path of a PEM file; empty = what the system trusts (G048).</translation>
        </message>
        <message>
            <source>RIS 把记录文件放进这里，程序自动导入；不填时用数据文件夹里的 drop。</source>
            <translation>The RIS puts record files here and the program imports them; empty means drop in the data folder.</translation>
        </message>
        <message>
            <source>SM4 初始向量（IV）</source>
            <translation>SM4 initial vector (IV)</translation>
        </message>
        <message>
            <source>SM4 模式</source>
            <translation>SM4 mode</translation>
        </message>
        <message>
            <source>SM4 补位</source>
            <translation>SM4 padding</translation>
        </message>
        <message>
            <source>V1.5 改过一次名，平台再改时填新的（H007）。</source>
            <translation>V1.5 renamed it once; enter the new name if it changes again (H007).</translation>
        </message>
        <message>
            <source>hospitalCode 和 patientId，默认不发（G027）。</source>
            <translation>hospitalCode and patientId, not sent by default (G027).</translation>
        </message>
        <message>
            <source>http（2.2）或 dicom（2.3）；一份检查只走一条（G075）。</source>
            <translation>http (2.2) or dicom (2.3); a study takes only one (G075).</translation>
        </message>
        <message>
            <source>image 表示所有图像类；也可以写 SOP Class UID。张数（imageTotalNum）只数这些。</source>
            <translation>image means all image classes; SOP class UIDs are possible too. Only these count as images (imageTotalNum).</translation>
        </message>
        <message>
            <source>infCode 和 fixmedinsCode 都发，同一个值（G020）。</source>
            <translation>Sends infCode and fixmedinsCode with the same value (G020).</translation>
        </message>
        <message>
            <source>infno 之外再发 info（G017）。</source>
            <translation>Sends info besides infno (G017).</translation>
        </message>
        <message>
            <source>input 最长字符数</source>
            <translation>Longest input (characters)</translation>
        </message>
        <message>
            <source>studyUid 最长</source>
            <translation>Longest studyUid</translation>
        </message>
        <message>
            <source>一份检查全部确认满这么多天，图像才能清理。</source>
            <translation>Images may go once the whole study has been confirmed for so many days.</translation>
        </message>
        <message>
            <source>一份检查最多几幅</source>
            <translation>Most images of an examination</translation>
        </message>
        <message>
            <source>一份检查这么久没有新图像，就认为收齐了。</source>
            <translation>A study without new images for this long counts as complete.</translation>
        </message>
        <message>
            <source>一幅图像的上限（MB）</source>
            <translation>Largest image (MB)</translation>
        </message>
        <message>
            <source>一般不用改（G016）。</source>
            <translation>Rarely needs a change (G016).</translation>
        </message>
        <message>
            <source>上传的图像种类</source>
            <translation>Kinds of images uploaded</translation>
        </message>
        <message>
            <source>上传进程这么久没有报到，别的进程可以接手。</source>
            <translation>If an upload does not report for this long, another process may take over.</translation>
        </message>
        <message>
            <source>上传顺序</source>
            <translation>Order of upload</translation>
        </message>
        <message>
            <source>不上传的图像保留（天）</source>
            <translation>Keep images that are not uploaded (days)</translation>
        </message>
        <message>
            <source>不传的检查科室</source>
            <translation>Departments that do not go</translation>
        </message>
        <message>
            <source>不传的记录来源</source>
            <translation>Sources that do not go</translation>
        </message>
        <message>
            <source>不传的设备类型</source>
            <translation>Modalities that do not go</translation>
        </message>
        <message>
            <source>不发，或发空字符串（G044）。</source>
            <translation>Leave out, or send an empty string (G044).</translation>
        </message>
        <message>
            <source>不填时与交易机构编号相同（G076）。</source>
            <translation>Left empty, it equals the institution code (G076).</translation>
        </message>
        <message>
            <source>不填时带连字符的证件号不能生成索引（G008）。</source>
            <translation>Left empty, a certificate number with hyphens gets no index (G008).</translation>
        </message>
        <message>
            <source>不填时用医院名称（G076）。</source>
            <translation>Left empty, it is the hospital name (G076).</translation>
        </message>
        <message>
            <source>不填时监听本机所有地址。</source>
            <translation>Left empty, it listens on all addresses of this computer.</translation>
        </message>
        <message>
            <source>不填时，填了平台地址的就算启用。</source>
            <translation>Left open, a platform is on once its address is set.</translation>
        </message>
        <message>
            <source>不知道的选填项</source>
            <translation>Unknown optional fields</translation>
        </message>
        <message>
            <source>之后每次加倍，带随机抖动。</source>
            <translation>Doubles each time, with some random jitter.</translation>
        </message>
        <message>
            <source>互认平台地址</source>
            <translation>Address of the sharing platform</translation>
        </message>
        <message>
            <source>互认接口路径</source>
            <translation>Path of the sharing services</translation>
        </message>
        <message>
            <source>五段或六段（G001）。</source>
            <translation>Five or six (G001).</translation>
        </message>
        <message>
            <source>交易机构编号（infCode）</source>
            <translation>Institution code (infCode)</translation>
        </message>
        <message>
            <source>令牌前缀</source>
            <translation>Token prefix</translation>
        </message>
        <message>
            <source>令牌接口路径</source>
            <translation>Path of the token services</translation>
        </message>
        <message>
            <source>令牌用到几成就换</source>
            <translation>Renew the token at</translation>
        </message>
        <message>
            <source>低水位（MB）</source>
            <translation>Low mark (MB)</translation>
        </message>
        <message>
            <source>例如 US = 300；没写的用上面的值。</source>
            <translation>For example US = 300; others use the value above.</translation>
        </message>
        <message>
            <source>例如 XA = 1；没写的：CR、DX、RF、XA、MG 是 1，CT 2，MR 3，US 4，NM、PT 5（G069）。</source>
            <translation>For example XA = 1. Otherwise: CR, DX, RF, XA, MG are 1, CT 2, MR 3, US 4, NM and PT 5 (G069).</translation>
        </message>
        <message>
            <source>例子是一串索引，表格是带字段名的对象（G051）。</source>
            <translation>The example has bare index codes, the table objects with a field name (G051).</translation>
        </message>
        <message>
            <source>例子是单个对象；前置机要数组时改（G024）。</source>
            <translation>The example has a single object; change it if the gateway wants an array (G024).</translation>
        </message>
        <message>
            <source>例子是数组；前置机只收单个对象时改（G024）。</source>
            <translation>The example has an array; change it if the gateway takes a single object only (G024).</translation>
        </message>
        <message>
            <source>允许打开的页面主机</source>
            <translation>Hosts of pages that may be opened</translation>
        </message>
        <message>
            <source>允许照原文的异常部位代码</source>
            <translation>Allow odd body part codes as printed</translation>
        </message>
        <message>
            <source>允许的主机</source>
            <translation>Allowed hosts</translation>
        </message>
        <message>
            <source>允许的报告主机</source>
            <translation>Allowed report hosts</translation>
        </message>
        <message>
            <source>允许的报告文件夹</source>
            <translation>Allowed report folders</translation>
        </message>
        <message>
            <source>六段时的统一社会信用代码（G001）。</source>
            <translation>The unified social credit code, with six parts (G001).</translation>
        </message>
        <message>
            <source>共享调阅接口名</source>
            <translation>Name of the page service</translation>
        </message>
        <message>
            <source>共享调阅页面不在平台自己的主机上时，把主机名写在这里。</source>
            <translation>When the shared page is not on the platform's own host, name its host here.</translation>
        </message>
        <message>
            <source>关掉以后仍然加密，但不核对对方是谁（G048）。</source>
            <translation>Off: still encrypted, but nobody checks who is there (G048).</translation>
        </message>
        <message>
            <source>关掉后姓名按明文发（H037）。</source>
            <translation>When off, the name is sent in the clear (H037).</translation>
        </message>
        <message>
            <source>关掉后就诊号按明文发（H037）。</source>
            <translation>When off, the visit number is sent in the clear (H037).</translation>
        </message>
        <message>
            <source>关掉后手机号按明文发（H037）。</source>
            <translation>When off, the phone number is sent in the clear (H037).</translation>
        </message>
        <message>
            <source>关掉后检查页不显示图像小样。</source>
            <translation>When off, Studies shows no previews.</translation>
        </message>
        <message>
            <source>关掉后证件号码按明文发（H037）。</source>
            <translation>When off, the certificate number is sent in the clear (H037).</translation>
        </message>
        <message>
            <source>关时发 13 个 0（G006、G033）。</source>
            <translation>Off sends 13 zeros (G006, G033).</translation>
        </message>
        <message>
            <source>关时发 9 个 0（G006、G034）。</source>
            <translation>Off sends 9 zeros (G006, G034).</translation>
        </message>
        <message>
            <source>其中一个留给连通测试（C-ECHO）。</source>
            <translation>One of them is kept for connection tests (C-ECHO).</translation>
        </message>
        <message>
            <source>再缺空间，确认不满这么多天的也不清。</source>
            <translation>However little space there is, what was confirmed more recently stays.</translation>
        </message>
        <message>
            <source>删除时索引怎么发</source>
            <translation>How index codes are sent for deletion</translation>
        </message>
        <message>
            <source>前一种都送到了，才发后一种（G046、G071）。</source>
            <translation>A kind goes only when all of the one before it has arrived (G046, G071).</translation>
        </message>
        <message>
            <source>前置机的 AE TITLE，区分大小写（2.3，G048）。</source>
            <translation>AE TITLE of the front end, case matters (2.3, G048).</translation>
        </message>
        <message>
            <source>前置机要求时才打开；两边要一致（G048）。</source>
            <translation>Only where the front end asks for it; both sides must agree (G048).</translation>
        </message>
        <message>
            <source>前置机那边登记的本机名称；不填时用接收用的本机 AE 标题（G048）。</source>
            <translation>As registered at the front end; empty = the AE title we receive under (G048).</translation>
        </message>
        <message>
            <source>剩余空间少于它就停止接收，清出空间后自动恢复。</source>
            <translation>Receiving stops below this and resumes when space is free.</translation>
        </message>
        <message>
            <source>剩余空间比磁盘保留只多这些时，不等天数，从最早确认的开始清；0 表示不看空间。</source>
            <translation>With only this much free above the reserve, the oldest confirmed images go without waiting for their days; 0 never looks at the space.</translation>
        </message>
        <message>
            <source>加倍到这里为止。</source>
            <translation>Doubling stops here.</translation>
        </message>
        <message>
            <source>加密姓名</source>
            <translation>Encrypt name</translation>
        </message>
        <message>
            <source>加密就诊号</source>
            <translation>Encrypt visit number</translation>
        </message>
        <message>
            <source>加密手机号</source>
            <translation>Encrypt phone number</translation>
        </message>
        <message>
            <source>加密证件号码</source>
            <translation>Encrypt certificate number</translation>
        </message>
        <message>
            <source>医保前置机 C-STORE 的端口（2.3，G048）。</source>
            <translation>C-STORE port of the front end (2.3, G048).</translation>
        </message>
        <message>
            <source>医保前置机收影像的 IP 或主机名（2.3，G048）。</source>
            <translation>IP or host name of the front end's image receiver (2.3, G048).</translation>
        </message>
        <message>
            <source>医保前置机的 AE 标题</source>
            <translation>AE title of the front end</translation>
        </message>
        <message>
            <source>医保前置机的地址，写到 /mie/api/mie 为止（G050）。</source>
            <translation>The insurance gateway's address, ending in /mie/api/mie (G050).</translation>
        </message>
        <message>
            <source>医保区划代码</source>
            <translation>Insurance region code</translation>
        </message>
        <message>
            <source>医疗机构代码或检查检验机构编号，最长 30 位；不填就不发（G020、G076、X003）。</source>
            <translation>Medical institution code or examination institution number, at most 30 characters; nothing is sent without it (G020, G076, X003).</translation>
        </message>
        <message>
            <source>医院名称</source>
            <translation>Hospital name</translation>
        </message>
        <message>
            <source>医院等级</source>
            <translation>Hospital level</translation>
        </message>
        <message>
            <source>医院自己的患者编号，明文发送（H077）。</source>
            <translation>The hospital's own patient number, sent in the clear (H077).</translation>
        </message>
        <message>
            <source>占用时限（秒）</source>
            <translation>Lease (s)</translation>
        </message>
        <message>
            <source>印刷不一致，按前置机实际要求选（G016）。</source>
            <translation>Printed in two ways; choose what the gateway takes (G016).</translation>
        </message>
        <message>
            <source>印的是 50，真实 UID 可到 64（G030）。</source>
            <translation>Printed as 50; real UIDs have up to 64 (G030).</translation>
        </message>
        <message>
            <source>原文丢失，默认 |（G032）。</source>
            <translation>Lost in the print, | by default (G032).</translation>
        </message>
        <message>
            <source>发完以后等平台应答的时间（H006）。</source>
            <translation>How long to wait for the answer after sending (H006).</translation>
        </message>
        <message>
            <source>发完以后等平台应答的时间，宁长勿短（G072）。</source>
            <translation>How long to wait for the platform's answer; better long than short (G072).</translation>
        </message>
        <message>
            <source>发样例里的两个字段</source>
            <translation>Send the example's two fields</translation>
        </message>
        <message>
            <source>发真实代码，没有时发 0（G035）。</source>
            <translation>Send the real code, or 0 when there is none (G035).</translation>
        </message>
        <message>
            <source>发真实设备代码</source>
            <translation>Send real device code</translation>
        </message>
        <message>
            <source>发真实部位代码</source>
            <translation>Send real body part code</translation>
        </message>
        <message>
            <source>取其他医院的图像时，同时下载的幅数。</source>
            <translation>How many of another hospital's images are downloaded at once.</translation>
        </message>
        <message>
            <source>取回的图像只放在缓存里，绝不上传；超过时先清最久没看的，正在看的不清。</source>
            <translation>Fetched images stay in the cache and are never uploaded; when it is full, those not viewed for longest go first, never those being viewed.</translation>
        </message>
        <message>
            <source>只从这些主机按 http/https 取报告。</source>
            <translation>Reports are fetched by http/https from these hosts only.</translation>
        </message>
        <message>
            <source>只传这些检查科室</source>
            <translation>Only these departments go</translation>
        </message>
        <message>
            <source>只传这些记录来源</source>
            <translation>Only these sources go</translation>
        </message>
        <message>
            <source>只传这些设备类型</source>
            <translation>Only these modalities go</translation>
        </message>
        <message>
            <source>只在删除按对象发时用到；印刷不一致（G016、G051）。</source>
            <translation>Used only when deletions are sent as objects; the print differs (G016, G051).</translation>
        </message>
        <message>
            <source>只在这么多天以内的记录里按检查号找。</source>
            <translation>Accession numbers are looked up only in records this recent.</translation>
        </message>
        <message>
            <source>只有 CBC 要填：32 位十六进制或 16 个字符（H035）。</source>
            <translation>For CBC only: 32 hex digits or 16 characters (H035).</translation>
        </message>
        <message>
            <source>只清平台已逐幅确认的图像；账本、记录和报告都留着。打开前请确认 PACS 里还有这些图像。</source>
            <translation>Only images the platform has confirmed one by one; ledger, records and reports stay. Before you turn it on, make sure that the PACS still holds the images.</translation>
        </message>
        <message>
            <source>可以不填，不填就不发（H049）。</source>
            <translation>Optional; not sent when empty (H049).</translation>
        </message>
        <message>
            <source>同一人同一秒有两份检查时：往后推一秒，或者列入待处理（G010）。</source>
            <translation>Two examinations of one person in the same second: move on by a second, or put it into Needs fix (G010).</translation>
        </message>
        <message>
            <source>同时上传的项数。</source>
            <translation>Deliveries uploaded at the same time.</translation>
        </message>
        <message>
            <source>同时发 info</source>
            <translation>Send info too</translation>
        </message>
        <message>
            <source>同时发两种机构编号</source>
            <translation>Send both institution codes</translation>
        </message>
        <message>
            <source>同时取几幅</source>
            <translation>Images fetched at a time</translation>
        </message>
        <message>
            <source>启用的平台</source>
            <translation>Platforms in use</translation>
        </message>
        <message>
            <source>和记录里的检查科室（examDeptName）一样写，每行一个；* 代表任意字，例如 体检*。</source>
            <translation>Written as in the records (examDeptName), one a line; * stands for any text.</translation>
        </message>
        <message>
            <source>和路径分开选，按前置机实际要求（G018）。</source>
            <translation>Chosen apart from the path, as the gateway really wants it (G018).</translation>
        </message>
        <message>
            <source>图像没写字符集（0008,0005）时，用它读姓名。</source>
            <translation>Reads names of images that name no character set (0008,0005).</translation>
        </message>
        <message>
            <source>图像清理后，检查页还能看到小样。</source>
            <translation>Studies still shows previews once the images are cleared.</translation>
        </message>
        <message>
            <source>图像至少留多久（天）</source>
            <translation>Keep images at least (days)</translation>
        </message>
        <message>
            <source>图像走哪条路</source>
            <translation>How images travel</translation>
        </message>
        <message>
            <source>图像里写的 Modality，每行一个；默认是不属于那四类的（心电、内镜、病理、眼科等，G012）。</source>
            <translation>Modality as in the images, one a line; by default those of none of the four classes (ECG, endoscopy, pathology, eyes; G012).</translation>
        </message>
        <message>
            <source>多值分隔符</source>
            <translation>Separator of several values</translation>
        </message>
        <message>
            <source>字典里 25 个位数不对的代码（G065）。</source>
            <translation>The dictionary's 25 codes of wrong length (G065).</translation>
        </message>
        <message>
            <source>安静时间（秒）</source>
            <translation>Quiet time (s)</translation>
        </message>
        <message>
            <source>定点医药机构代码</source>
            <translation>Designated institution code</translation>
        </message>
        <message>
            <source>定点医药机构名称</source>
            <translation>Designated institution name</translation>
        </message>
        <message>
            <source>密文写法</source>
            <translation>Ciphertext form</translation>
        </message>
        <message>
            <source>对方停止发送这么久就断开。</source>
            <translation>Disconnect when the other side stops sending for this long.</translation>
        </message>
        <message>
            <source>对方填的 AE 不是本机的就拒绝。</source>
            <translation>Reject callers that use another AE than this computer's.</translation>
        </message>
        <message>
            <source>对方要核对本机时才填：PEM 文件的完整路径（G048）。</source>
            <translation>Only if the other side checks us: full path of a PEM file (G048).</translation>
        </message>
        <message>
            <source>导入文件自己的文件夹和投递文件夹总是允许。</source>
            <translation>The imported file's own folder and the drop folder are always allowed.</translation>
        </message>
        <message>
            <source>小写十六进制、大写十六进制或 Base64（H035）。</source>
            <translation>Lower-case hex, upper-case hex or Base64 (H035).</translation>
        </message>
        <message>
            <source>平台不应答时，多久试一次。</source>
            <translation>How often to try while the platform does not answer.</translation>
        </message>
        <message>
            <source>平台列出的比这还多，就不取这一份。</source>
            <translation>When the platform lists more, the examination is not fetched.</translation>
        </message>
        <message>
            <source>平台原始应答（已遮盖）保留多久。</source>
            <translation>How long the platform's raw answers (masked) are kept.</translation>
        </message>
        <message>
            <source>平台地址</source>
            <translation>Platform address</translation>
        </message>
        <message>
            <source>平台收四类：X 线、CT、磁共振、核医学；超声默认不传（G012）。</source>
            <translation>The platform takes four classes: X-ray, CT, MR, nuclear medicine; ultrasound does not go by default (G012).</translation>
        </message>
        <message>
            <source>平台改名时再改（H007）。</source>
            <translation>Change it when the platform renames it (H007).</translation>
        </message>
        <message>
            <source>平台给本院的机构编码（X003）。</source>
            <translation>The code the platform gave this hospital (X003).</translation>
        </message>
        <message>
            <source>平台自己来取图像，这么多天以内不清理，空间不够也不清。</source>
            <translation>The platform fetches images itself: for so many days they are not cleared, not even when space is short.</translation>
        </message>
        <message>
            <source>平台要求必填；可用审核日期或报告日期代替（G038）。</source>
            <translation>The platform requires it; review or report date can stand in (G038).</translation>
        </message>
        <message>
            <source>平台连续这么多次不应答就先停下，只轻轻试探。</source>
            <translation>After this many in a row without answer it stops and only probes.</translation>
        </message>
        <message>
            <source>年龄按文本发</source>
            <translation>Send age as text</translation>
        </message>
        <message>
            <source>并行上传数</source>
            <translation>Parallel uploads</translation>
        </message>
        <message>
            <source>应答保留（天）</source>
            <translation>Keep answers (days)</translation>
        </message>
        <message>
            <source>应答里没有 succFlag 就不算成功；前置机确实不给时才关（G026）。</source>
            <translation>Without succFlag in the answer nothing counts as accepted; turn off only if the gateway never gives it (G026).</translation>
        </message>
        <message>
            <source>应答里解密姓名</source>
            <translation>Decrypt name in answers</translation>
        </message>
        <message>
            <source>应答里解密就诊号</source>
            <translation>Decrypt visit number in answers</translation>
        </message>
        <message>
            <source>应答里解密手机号</source>
            <translation>Decrypt phone number in answers</translation>
        </message>
        <message>
            <source>应答里解密证件号码</source>
            <translation>Decrypt certificate number in answers</translation>
        </message>
        <message>
            <source>影像加密传输（TLS）</source>
            <translation>Secure image transfer (TLS)</translation>
        </message>
        <message>
            <source>影像接收地址</source>
            <translation>Address of the image receiver</translation>
        </message>
        <message>
            <source>影像接收端口</source>
            <translation>Port of the image receiver</translation>
        </message>
        <message>
            <source>必须有成功标志</source>
            <translation>Require the success flag</translation>
        </message>
        <message>
            <source>患者 ID 最长</source>
            <translation>Longest patient ID</translation>
        </message>
        <message>
            <source>打开页面时选好的检查日期范围，可以当场改（G058）。</source>
            <translation>The range chosen when the page opens; it can be changed there (G058).</translation>
        </message>
        <message>
            <source>投递文件夹</source>
            <translation>Drop folder</translation>
        </message>
        <message>
            <source>报告大小上限（MB）</source>
            <translation>Largest report (MB)</translation>
        </message>
        <message>
            <source>报告页、影像页和取图地址只在这些主机上才打开或连接；平台自己的主机总是允许（G056）。</source>
            <translation>Report pages, image pages and image addresses are used on these hosts only; the platform's own always is allowed (G056).</translation>
        </message>
        <message>
            <source>报文 ID 前缀</source>
            <translation>Message ID prefix</translation>
        </message>
        <message>
            <source>按最近 7 天收图像的快慢估算；0 表示不提醒。</source>
            <translation>Estimated from the images of the last 7 days; 0 never warns.</translation>
        </message>
        <message>
            <source>按设备类型的安静时间</source>
            <translation>Quiet time by modality</translation>
        </message>
        <message>
            <source>按设备类型的影像类别</source>
            <translation>Image class by modality</translation>
        </message>
        <message>
            <source>接受、拒绝，或拒绝并列出等人确认。</source>
            <translation>Accept, reject, or reject and list them for a person to allow.</translation>
        </message>
        <message>
            <source>接收端口</source>
            <translation>Receiving port</translation>
        </message>
        <message>
            <source>提前几天提醒磁盘将满</source>
            <translation>Warn so many days before the disk is full</translation>
        </message>
        <message>
            <source>操作记录保留（天）</source>
            <translation>Keep the audit trail (days)</translation>
        </message>
        <message>
            <source>文档没有写，按平台实际要求选（H035）。</source>
            <translation>Not in the document; as the platform wants it (H035).</translation>
        </message>
        <message>
            <source>文档没有写，默认 PKCS#7（H035）。</source>
            <translation>Not in the document; PKCS#7 by default (H035).</translation>
        </message>
        <message>
            <source>文档里有两种写法，删除时报路径不对就换另一种（G018）。</source>
            <translation>The document has two spellings; change it when a deletion reports an unknown path (G018).</translation>
        </message>
        <message>
            <source>断路前失败次数</source>
            <translation>Failures before it waits</translation>
        </message>
        <message>
            <source>日期写法</source>
            <translation>Form of dates</translation>
        </message>
        <message>
            <source>日期时间写法</source>
            <translation>Form of dates with a time</translation>
        </message>
        <message>
            <source>旧版前置机要别的写法时改（G073）。</source>
            <translation>Change it if an older gateway wants another form (G073).</translation>
        </message>
        <message>
            <source>显示在左上角；平台要的机构名称没有另填时也用它。</source>
            <translation>Shown at the top left; also the institution name for the platform unless another is set.</translation>
        </message>
        <message>
            <source>更早的自动删掉，删了多少也会记下；0 表示一直保留。</source>
            <translation>Older rows are deleted, and how many is recorded; 0 keeps everything.</translation>
        </message>
        <message>
            <source>最多同时连接数</source>
            <translation>Connections at once</translation>
        </message>
        <message>
            <source>最多自动试几次</source>
            <translation>Automatic attempts</translation>
        </message>
        <message>
            <source>本机 AE 标题</source>
            <translation>AE title of this computer</translation>
        </message>
        <message>
            <source>本机用的 AE 标题</source>
            <translation>Our calling AE title</translation>
        </message>
        <message>
            <source>本机私钥文件</source>
            <translation>Our private key file</translation>
        </message>
        <message>
            <source>本机证书文件</source>
            <translation>Our certificate file</translation>
        </message>
        <message>
            <source>机构编号不是 12 位时，填 12 位前缀（G021）。</source>
            <translation>A 12-character prefix, if the institution code is not 12 characters (G021).</translation>
        </message>
        <message>
            <source>机构编码（orgCode）</source>
            <translation>Institution code (orgCode)</translation>
        </message>
        <message>
            <source>查询也发密钥</source>
            <translation>Send the key in queries</translation>
        </message>
        <message>
            <source>查询和取图像时，平台这么久没有动静就算失败（G072）。</source>
            <translation>When asking or fetching images, silence for this long counts as a failure (G072).</translation>
        </message>
        <message>
            <source>查询时证件号码怎么发</source>
            <translation>Certificate number in queries</translation>
        </message>
        <message>
            <source>查询等应答（秒）</source>
            <translation>Wait for query answers (s)</translation>
        </message>
        <message>
            <source>查询结果多久算新（分钟）</source>
            <translation>Answers stay fresh (minutes)</translation>
        </message>
        <message>
            <source>查询证件号的 SM4 密钥（G055）</source>
            <translation>SM4 key for queries (G055)</translation>
        </message>
        <message>
            <source>校验影像接收方的证书</source>
            <translation>Check the receiver's certificate</translation>
        </message>
        <message>
            <source>校验证书</source>
            <translation>Check certificate</translation>
        </message>
        <message>
            <source>核对被叫 AE</source>
            <translation>Check called AE</translation>
        </message>
        <message>
            <source>检查号对上的时限（天）</source>
            <translation>Match accession within (days)</translation>
        </message>
        <message>
            <source>没人操作就锁上（分钟）</source>
            <translation>Lock when nobody is there (min)</translation>
        </message>
        <message>
            <source>没有二审日期时</source>
            <translation>Without second review date</translation>
        </message>
        <message>
            <source>没有平台要的图像，以及人已决定不传的版本；0 表示一直留着。</source>
            <translation>Images no platform wants, and versions somebody decided not to send; 0 keeps them for ever.</translation>
        </message>
        <message>
            <source>没有应答时用原报文 ID 再发</source>
            <translation>Repeat the message ID after no answer</translation>
        </message>
        <message>
            <source>没有报告编号时</source>
            <translation>Without report number</translation>
        </message>
        <message>
            <source>没有结算时</source>
            <translation>Without settlement</translation>
        </message>
        <message>
            <source>没有说明是哪个科室时用它；令牌按科室和医生分开（H046）。</source>
            <translation>Used when no department is named; tokens are kept per department and physician (H046).</translation>
        </message>
        <message>
            <source>没有说明是哪位医生时用它；令牌按科室和医生分开（H046）。</source>
            <translation>Used when no physician is named; tokens are kept per department and physician (H046).</translation>
        </message>
        <message>
            <source>没登记过的设备</source>
            <translation>Unknown devices</translation>
        </message>
        <message>
            <source>河北平台 SM4 密钥（H035）</source>
            <translation>Hebei SM4 key (H035)</translation>
        </message>
        <message>
            <source>清到剩余空间比磁盘保留多这些为止。</source>
            <translation>Clearing stops when this much is free above the reserve.</translation>
        </message>
        <message>
            <source>清理后留着缩略图</source>
            <translation>Keep thumbnails after clearing</translation>
        </message>
        <message>
            <source>生成缩略图</source>
            <translation>Make thumbnails</translation>
        </message>
        <message>
            <source>用 https 时校验平台证书。</source>
            <translation>Checks the platform's certificate when https is used.</translation>
        </message>
        <message>
            <source>用 https 时校验平台证书（G072）。</source>
            <translation>Checks the platform's certificate when https is used (G072).</translation>
        </message>
        <message>
            <source>用完后变成“失败”，可以手工重试（G072）。</source>
            <translation>Then it becomes "Failed" and can be retried by hand (G072).</translation>
        </message>
        <message>
            <source>监听地址</source>
            <translation>Listening address</translation>
        </message>
        <message>
            <source>省互认系统的地址，只写协议、主机和端口，后面不带路径。</source>
            <translation>The province's sharing system: scheme, host and port only, no path.</translation>
        </message>
        <message>
            <source>看起来是密文才解，否则照原样（H037）。</source>
            <translation>Only what looks like ciphertext; the rest stays as it is (H037).</translation>
        </message>
        <message>
            <source>确认后保留（天）</source>
            <translation>Keep after confirmation (days)</translation>
        </message>
        <message>
            <source>磁盘保留（MB）</source>
            <translation>Disk reserve (MB)</translation>
        </message>
        <message>
            <source>空着就不限；填了以后，别的来源都不传。</source>
            <translation>Empty: no limit. Once filled, no other source goes.</translation>
        </message>
        <message>
            <source>空着就不限；填了以后，别的科室都不传。记录里没写科室的照传。</source>
            <translation>Empty: no limit. Once filled, no other department goes. Records that name none go.</translation>
        </message>
        <message>
            <source>空着就不限；填了以后，别的设备类型都不传。</source>
            <translation>Empty: no limit. Once filled, no other modality goes.</translation>
        </message>
        <message>
            <source>空闲超时（秒）</source>
            <translation>Idle timeout (s)</translation>
        </message>
        <message>
            <source>空间不够时至少保留（天）</source>
            <translation>Keep at least, when short of space (days)</translation>
        </message>
        <message>
            <source>第一次重试等（秒）</source>
            <translation>First retry after (s)</translation>
        </message>
        <message>
            <source>等应答（秒）</source>
            <translation>Wait for answer (s)</translation>
        </message>
        <message>
            <source>等影像应答（秒）</source>
            <translation>Wait for the answer to an image (s)</translation>
        </message>
        <message>
            <source>等报告，或用检查号作报告编号（G039）。</source>
            <translation>Wait for the report, or use the accession number (G039).</translation>
        </message>
        <message>
            <source>等结算（G040），或先用占位内容。</source>
            <translation>Wait for it (G040), or send a placeholder first.</translation>
        </message>
        <message>
            <source>签发方证书文件</source>
            <translation>Issuer's certificate file</translation>
        </message>
        <message>
            <source>索引已被占用时</source>
            <translation>If the index code is taken</translation>
        </message>
        <message>
            <source>索引段数</source>
            <translation>Index code parts</translation>
        </message>
        <message>
            <source>索引第六段</source>
            <translation>Part six of the index code</translation>
        </message>
        <message>
            <source>结算里的部位代码</source>
            <translation>Body part in settlements</translation>
        </message>
        <message>
            <source>缓存上限（MB）</source>
            <translation>Largest cache (MB)</translation>
        </message>
        <message>
            <source>缓存保留（天）</source>
            <translation>Cache kept (days)</translation>
        </message>
        <message>
            <source>缺字符集时按</source>
            <translation>If no character set, read as</translation>
        </message>
        <message>
            <source>网络超时（秒）</source>
            <translation>Network timeout (s)</translation>
        </message>
        <message>
            <source>自动清理图像</source>
            <translation>Clear images automatically</translation>
        </message>
        <message>
            <source>表里写的是字符型：把 JSON 装进字符串再发（G024）。</source>
            <translation>The table says character type: the JSON is sent inside a string (G024).</translation>
        </message>
        <message>
            <source>记录文件的名字，每行一个；* 代表任意字，例如 体检中心*.csv。</source>
            <translation>Names of record files, one a line; * stands for any text, for example checkup*.csv.</translation>
        </message>
        <message>
            <source>记录里没有 examAdmdvs 时用它，6 位（G043）。</source>
            <translation>Used when a record has no examAdmdvs, 6 digits (G043).</translation>
        </message>
        <message>
            <source>记录里没有 hospLv 时用它（字典 hosp_lv）。</source>
            <translation>Used when a record has no hospLv (dictionary hosp_lv).</translation>
        </message>
        <message>
            <source>设备和 PACS 发图像时填的 Called AE。</source>
            <translation>The called AE that devices and PACS use to send images.</translation>
        </message>
        <message>
            <source>证件号里的连字符换成</source>
            <translation>Replace hyphens in certificates by</translation>
        </message>
        <message>
            <source>试探间隔（秒）</source>
            <translation>Probe every (s)</translation>
        </message>
        <message>
            <source>贵州平台密钥（key，G023）</source>
            <translation>Guizhou platform key (key, G023)</translation>
        </message>
        <message>
            <source>费用按数字发</source>
            <translation>Send the charge as a number</translation>
        </message>
        <message>
            <source>超声也上传</source>
            <translation>Ultrasound as well</translation>
        </message>
        <message>
            <source>超过就不发，先请人处理（G024）。</source>
            <translation>Longer ones are not sent; a person fixes them first (G024).</translation>
        </message>
        <message>
            <source>超过的不取，也不留在本机（G061）。</source>
            <translation>Larger ones are not fetched and not kept (G061).</translation>
        </message>
        <message>
            <source>超过的报告不取，列入待处理。</source>
            <translation>Larger reports are not fetched and go to Needs fix.</translation>
        </message>
        <message>
            <source>输入（input）按字符串发</source>
            <translation>Send input as a string</translation>
        </message>
        <message>
            <source>这么久没有动键盘和鼠标，就要再输 PIN；0 表示不锁。没有设 PIN 时不起作用。</source>
            <translation>After so long without keyboard or mouse the PIN is asked for again; 0 never locks. Without PINs it has no effect.</translation>
        </message>
        <message>
            <source>这么多天没有再看的图像和查询结果会清掉。</source>
            <translation>Images and answers not looked at for this long are cleared.</translation>
        </message>
        <message>
            <source>这段时间内再看同一位患者，不用再问平台。</source>
            <translation>Within this time the same patient can be looked at again without asking the platform.</translation>
        </message>
        <message>
            <source>连不上平台这么久就算失败（G072）。</source>
            <translation>Failing to reach the platform for this long counts as a failure (G072).</translation>
        </message>
        <message>
            <source>连不上平台这么久就算失败（H006）。</source>
            <translation>No connection for this long counts as failed (H006).</translation>
        </message>
        <message>
            <source>连接、协商和每张影像的应答最多等这么久；大影像按大小再多等（G048）。</source>
            <translation>Longest wait for connection, negotiation and each answer; large images wait longer by their size (G048).</translation>
        </message>
        <message>
            <source>连接空闲这么久就断开。</source>
            <translation>Disconnect when a connection is idle for this long.</translation>
        </message>
        <message>
            <source>连接超时（秒）</source>
            <translation>Connect timeout (s)</translation>
        </message>
        <message>
            <source>重试最多等（秒）</source>
            <translation>Longest retry wait (s)</translation>
        </message>
        <message>
            <source>高水位（MB）</source>
            <translation>High mark (MB)</translation>
        </message>
        <message>
            <source>默认 HIS 医生编码</source>
            <translation>Default HIS physician code</translation>
        </message>
        <message>
            <source>默认 HIS 科室编码</source>
            <translation>Default HIS department code</translation>
        </message>
        <message>
            <source>默认只发令牌；平台要求时填 Bearer 加一个空格（H048）。</source>
            <translation>The bare token by default; enter Bearer and a blank if the platform wants it (H048).</translation>
        </message>
        <message>
            <source>默认按数字发（G037）。</source>
            <translation>A number by default (G037).</translation>
        </message>
        <message>
            <source>默认按数字发，例子是文本（G046）。</source>
            <translation>A number by default; the example has text (G046).</translation>
        </message>
        <message>
            <source>默认按文本发，带两位小数（G037）。</source>
            <translation>Text with two decimals by default (G037).</translation>
        </message>
        <message>
            <source>默认明文。平台要求密文时选 SM4（ECB、PKCS#7）的一种写法，并填密钥（G055）。</source>
            <translation>Plain by default. If the platform wants ciphertext, pick a form of SM4 (ECB, PKCS#7) and enter its key (G055).</translation>
        </message>
        <message>
            <source>默认查多久</source>
            <translation>Days asked for at first</translation>
        </message>
        <message>
            <source>默认每次换新的；前置机按报文 ID 去重时才开（G072）。</source>
            <translation>A new one each time by default; turn on only if the gateway removes duplicates by message ID (G072).</translation>
        </message>
    </context>
    <context>
        <name>SettingsDrafts</name>
        <message numerus="yes">
            <source>保存了 {n} 项设置</source>
            <translation>
                <numerusform>Saved {n} setting</numerusform>
                <numerusform>Saved {n} settings</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>已恢复原来的 {n} 项设置</source>
            <translation>
                <numerusform>Restored {n} setting</numerusform>
                <numerusform>Restored {n} settings</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>按新设置重新核对，放行了 {n} 份</source>
            <translation>
                <numerusform>Checked again with the new settings, released {n} study</numerusform>
                <numerusform>Checked again with the new settings, released {n} studies</numerusform>
            </translation>
        </message>
        <message>
            <source>没有保存：{why}</source>
            <translation>Not saved: {why}</translation>
        </message>
    </context>
    <context>
        <name>SettingsForm</name>
        <message>
            <source>原来是 {value}</source>
            <translation>Was {value}</translation>
        </message>
        <message>
            <source>原来没有填</source>
            <translation>Was empty</translation>
        </message>
        <message>
            <source>封好存在本机，不写进配置文件，也不再显示。</source>
            <translation>Sealed on this computer, not written to the settings file, never shown again.</translation>
        </message>
        <message>
            <source>改过</source>
            <translation>Changed</translation>
        </message>
        <message>
            <source>机构编号不是 12 位，这里要填平台给的 12 位前缀，否则不能上传。</source>
            <translation>The institution code is not 12 characters: enter the platform's 12-character prefix here, or nothing can be uploaded.</translation>
        </message>
        <message>
            <source>正在测试…</source>
            <translation>Testing…</translation>
        </message>
        <message>
            <source>测试影像接收（C-ECHO）</source>
            <translation>Test image receiver (C-ECHO)</translation>
        </message>
        <message>
            <source>测试接收（C-ECHO）</source>
            <translation>Test receiving (C-ECHO)</translation>
        </message>
        <message>
            <source>测试连接</source>
            <translation>Test connection</translation>
        </message>
        <message>
            <source>算一算有多少不传</source>
            <translation>Count what would not go</translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>保存</source>
            <translation>Save</translation>
        </message>
        <message>
            <source>保存 {n} 项</source>
            <translation>Save {n}</translation>
        </message>
        <message>
            <source>左边选一类，右边改。改过的地方有蓝点，点右上角“保存”才生效；离开这一页，改动会留着。测试按钮只说它查到的：地址能连通，不等于能上传。</source>
            <translation>Choose a group on the left, change it on the right. Changes have a blue dot and take effect with "Save" at the top right; they are kept when you leave the page. Test buttons say only what they found: a reachable address does not mean uploads work.</translation>
        </message>
        <message>
            <source>找设置项</source>
            <translation>Find a setting</translation>
        </message>
        <message numerus="yes">
            <source>改动 {n} 处，还没保存</source>
            <translation>
                <numerusform>{n} change, not saved</numerusform>
                <numerusform>{n} changes, not saved</numerusform>
            </translation>
        </message>
        <message>
            <source>放弃改动</source>
            <translation>Discard changes</translation>
        </message>
        <message>
            <source>正在保存…</source>
            <translation>Saving…</translation>
        </message>
        <message>
            <source>没有找到，换个词试试。</source>
            <translation>Nothing found; try another word.</translation>
        </message>
        <message>
            <source>没有改动</source>
            <translation>No changes</translation>
        </message>
        <message>
            <source>设置</source>
            <translation>Settings</translation>
        </message>
        <message numerus="yes">
            <source>设置里有 {n} 处改动还没保存，都留着，回来可以接着改</source>
            <translation>
                <numerusform>{n} changed setting is not saved yet; it is kept until you come back</numerusform>
                <numerusform>{n} changed settings are not saved yet; they are kept until you come back</numerusform>
            </translation>
        </message>
        <message>
            <source>都已保存</source>
            <translation>All saved</translation>
        </message>
    </context>
    <context>
        <name>SettingsSide</name>
        <message>
            <source>{at} 应答过</source>
            <translation>Answered {at}</translation>
        </message>
        <message>
            <source>不用密钥</source>
            <translation>No key needed</translation>
        </message>
        <message>
            <source>加密都关掉了</source>
            <translation>All encryption is off</translation>
        </message>
        <message>
            <source>去字典对照</source>
            <translation>Go to code mapping</translation>
        </message>
        <message>
            <source>向平台要，填在“密钥”里</source>
            <translation>Get it from the platform, enter it under "Key"</translation>
        </message>
        <message>
            <source>图像先收着，不上传</source>
            <translation>Images are received, not uploaded</translation>
        </message>
        <message>
            <source>在本机的模拟平台上登记授权、打开共享页面，不碰真平台。</source>
            <translation>Enter an authorization and open the shared page on the simulated platform here; the real one is not touched.</translation>
        </message>
        <message>
            <source>在本机的模拟平台上走一遍 2.1 → 2.2 → 2.4，不碰真平台，也不算进统计。</source>
            <translation>Goes through 2.1 → 2.2 → 2.4 on the simulated platform here; does not touch the real one and is not counted.</translation>
        </message>
        <message>
            <source>密钥已存好</source>
            <translation>Key stored</translation>
        </message>
        <message>
            <source>对不对要上传一份才知道</source>
            <translation>Only an upload shows whether it is right</translation>
        </message>
        <message>
            <source>对不对要登记一位才知道</source>
            <translation>Only an entry proves it right</translation>
        </message>
        <message>
            <source>对照都有了</source>
            <translation>Mappings complete</translation>
        </message>
        <message>
            <source>平台应答过</source>
            <translation>The platform has answered</translation>
        </message>
        <message>
            <source>平台还没有应答过</source>
            <translation>The platform has not answered yet</translation>
        </message>
        <message>
            <source>开始演练</source>
            <translation>Start practice</translation>
        </message>
        <message>
            <source>授权还不能登记</source>
            <translation>No authorization can be entered yet</translation>
        </message>
        <message>
            <source>接收没有运行</source>
            <translation>Receiver not running</translation>
        </message>
        <message>
            <source>收到的写法都有代码</source>
            <translation>Every wording received has a code</translation>
        </message>
        <message numerus="yes">
            <source>有 {n} 个写法没有代码</source>
            <translation>
                <numerusform>{n} wording has no code</numerusform>
                <numerusform>{n} wordings have no code</numerusform>
            </translation>
        </message>
        <message>
            <source>正在听</source>
            <translation>Listening</translation>
        </message>
        <message>
            <source>正在启动</source>
            <translation>Starting</translation>
        </message>
        <message>
            <source>没有填密钥</source>
            <translation>No key</translation>
        </message>
        <message>
            <source>没有填平台地址</source>
            <translation>No platform address</translation>
        </message>
        <message>
            <source>演练一份</source>
            <translation>Practise with one study</translation>
        </message>
        <message>
            <source>点“测试连接”看看</source>
            <translation>Press "Test connection" to see</translation>
        </message>
        <message>
            <source>现在能用了吗</source>
            <translation>Ready to use?</translation>
        </message>
        <message>
            <source>登记员可以在字典对照里补</source>
            <translation>A clerk can add them in Code mapping</translation>
        </message>
        <message>
            <source>端口 {port}</source>
            <translation>Port {port}</translation>
        </message>
        <message>
            <source>系统服务</source>
            <translation>system service</translation>
        </message>
    </context>
    <context>
        <name>SettingsTests</name>
        <message>
            <source>先保存这里的改动，再测试</source>
            <translation>Save the changes here first, then test</translation>
        </message>
        <message>
            <source>前置机应答 C-ECHO（不等于图像都收），{ms} ms · {at}</source>
            <translation>The front end answers C-ECHO (not that it takes every image), {ms} ms · {at}</translation>
        </message>
        <message>
            <source>地址能连通（不等于令牌可用），{ms} ms · {at}</source>
            <translation>Address answers (not: a token is granted), {ms} ms · {at}</translation>
        </message>
        <message>
            <source>地址能连通（不等于能上传），{ms} ms · {at}</source>
            <translation>Address reachable (does not mean uploads work), {ms} ms · {at}</translation>
        </message>
        <message>
            <source>按这些规则，最近 {days} 天的 {n} 份都要传</source>
            <translation>By these rules all {n} of the last {days} days go</translation>
        </message>
        <message>
            <source>按这些规则，最近 {days} 天的 {n} 份里有 {m} 份不传：{parts}</source>
            <translation>By these rules {m} of the {n} of the last {days} days do not go: {parts}</translation>
        </message>
        <message>
            <source>最近 {days} 天没有检查，没有可算的</source>
            <translation>No examinations in the last {days} days, nothing to count</translation>
        </message>
        <message>
            <source>有一项填得不对，先改好再算</source>
            <translation>One of the rules is wrong; correct it first</translation>
        </message>
        <message>
            <source>本机应答 C-ECHO，{ms} ms · {at}</source>
            <translation>This computer answers C-ECHO, {ms} ms · {at}</translation>
        </message>
        <message>
            <source>来源 {n}</source>
            <translation>source {n}</translation>
        </message>
        <message>
            <source>没有测成</source>
            <translation>The test did not work</translation>
        </message>
        <message>
            <source>没有算成</source>
            <translation>It could not be counted</translation>
        </message>
        <message>
            <source>科室 {n}</source>
            <translation>department {n}</translation>
        </message>
        <message>
            <source>设备类型 {n}</source>
            <translation>modality {n}</translation>
        </message>
        <message>
            <source>超声 {n}</source>
            <translation>ultrasound {n}</translation>
        </message>
    </context>
    <context>
        <name>SettingsWords</name>
        <message>
            <source>AE、端口、何时算收齐</source>
            <translation>AE, port, when complete</translation>
        </message>
        <message>
            <source>DICOM 推送（2.3）</source>
            <translation>DICOM push (2.3)</translation>
        </message>
        <message>
            <source>HTTP 上传（2.2）</source>
            <translation>HTTP upload (2.2)</translation>
        </message>
        <message>
            <source>SM4 加密</source>
            <translation>SM4 encryption</translation>
        </message>
        <message>
            <source>SM4，Base64</source>
            <translation>SM4, Base64</translation>
        </message>
        <message>
            <source>SM4，十六进制大写</source>
            <translation>SM4, upper-case hex</translation>
        </message>
        <message>
            <source>SM4，十六进制小写</source>
            <translation>SM4, lower-case hex</translation>
        </message>
        <message>
            <source>hilmgIdx（小写 L）</source>
            <translation>hilmgIdx (small L)</translation>
        </message>
        <message>
            <source>一串索引</source>
            <translation>Bare index codes</translation>
        </message>
        <message>
            <source>上传</source>
            <translation>Upload</translation>
        </message>
        <message>
            <source>上传和重试</source>
            <translation>Upload and retry</translation>
        </message>
        <message>
            <source>不传，等人处理</source>
            <translation>Do not send, wait for a person</translation>
        </message>
        <message>
            <source>不发</source>
            <translation>Leave out</translation>
        </message>
        <message>
            <source>不限</source>
            <translation>no limit</translation>
        </message>
        <message>
            <source>两个都启用</source>
            <translation>Both</translation>
        </message>
        <message>
            <source>五段</source>
            <translation>Five parts</translation>
        </message>
        <message>
            <source>令牌和接口路径（平台要求时再改）</source>
            <translation>Token and paths (only if the platform asks)</translation>
        </message>
        <message>
            <source>以 / 开头，末尾不带 /。</source>
            <translation>Begins with /, does not end with /.</translation>
        </message>
        <message>
            <source>以 http:// 或 https:// 开头，不带空格、? 和 #。</source>
            <translation>Starts with http:// or https://, without blanks, ? and #.</translation>
        </message>
        <message>
            <source>何时算收齐</source>
            <translation>When a study is complete</translation>
        </message>
        <message>
            <source>保留与磁盘</source>
            <translation>Retention and disk</translation>
        </message>
        <message>
            <source>允许的主机、缓存多大</source>
            <translation>Allowed hosts, size of the cache</translation>
        </message>
        <message>
            <source>先拒绝，等人确认</source>
            <translation>Reject until a person allows it</translation>
        </message>
        <message>
            <source>先用占位内容</source>
            <translation>Send a placeholder first</translation>
        </message>
        <message>
            <source>全部</source>
            <translation>All</translation>
        </message>
        <message>
            <source>六段</source>
            <translation>Six parts</translation>
        </message>
        <message>
            <source>关于</source>
            <translation>About</translation>
        </message>
        <message>
            <source>列入待处理</source>
            <translation>Put into Needs fix</translation>
        </message>
        <message>
            <source>医院名称、启用的平台</source>
            <translation>Name, platforms in use</translation>
        </message>
        <message>
            <source>医院和平台</source>
            <translation>Hospital and platform</translation>
        </message>
        <message>
            <source>医院编号和密钥</source>
            <translation>Hospital codes and key</translation>
        </message>
        <message>
            <source>十六进制大写</source>
            <translation>Hex, upper case</translation>
        </message>
        <message>
            <source>十六进制小写</source>
            <translation>Hex, lower case</translation>
        </message>
        <message>
            <source>单个对象</source>
            <translation>Single object</translation>
        </message>
        <message>
            <source>发 0</source>
            <translation>Send 0</translation>
        </message>
        <message>
            <source>发空字符串</source>
            <translation>Send an empty string</translation>
        </message>
        <message>
            <source>发送时加密哪些</source>
            <translation>Encrypted when sent</translation>
        </message>
        <message>
            <source>只写 http:// 或 https://、主机和端口，后面不带路径。</source>
            <translation>http:// or https://, host and port only, no path.</translation>
        </message>
        <message>
            <source>名字、角色、PIN</source>
            <translation>Names, roles, PINs</translation>
        </message>
        <message>
            <source>哪些检查上传</source>
            <translation>Which examinations go</translation>
        </message>
        <message>
            <source>图像、记录、报告</source>
            <translation>Images, record, report</translation>
        </message>
        <message>
            <source>图像怎么传</source>
            <translation>How images are sent</translation>
        </message>
        <message>
            <source>图像留多久</source>
            <translation>How long images stay</translation>
        </message>
        <message>
            <source>地址、机构编码、SM4 密钥</source>
            <translation>Address, codes, SM4 key</translation>
        </message>
        <message>
            <source>地址、编号、密钥</source>
            <translation>Address, codes, key</translation>
        </message>
        <message>
            <source>填 1 到 16 个英文字母、数字或符号，不要反斜杠。</source>
            <translation>1 to 16 letters, digits or symbols (ASCII), no backslash.</translation>
        </message>
        <message>
            <source>填 12 位字母或数字，或者不填。</source>
            <translation>12 letters or digits, or leave empty.</translation>
        </message>
        <message>
            <source>填 18 位数字或大写字母，或者不填。</source>
            <translation>18 digits or capital letters, or leave empty.</translation>
        </message>
        <message>
            <source>填 32 位十六进制数字或 16 个字符，或者不填。</source>
            <translation>Enter 32 hex digits or 16 characters, or nothing.</translation>
        </message>
        <message>
            <source>填 32 位十六进制数字或 16 个英文字符。</source>
            <translation>Enter 32 hex digits or 16 ASCII characters.</translation>
        </message>
        <message>
            <source>填 6 位数字，或者不填。</source>
            <translation>6 digits, or leave empty.</translation>
        </message>
        <message>
            <source>填 {low} 到 {high} 之间的数。</source>
            <translation>A number from {low} to {high}.</translation>
        </message>
        <message>
            <source>填 {low} 到 {high} 之间的整数。</source>
            <translation>A whole number from {low} to {high}.</translation>
        </message>
        <message>
            <source>填一个数字或大写字母，或者不填。</source>
            <translation>One digit or capital letter, or leave empty.</translation>
        </message>
        <message>
            <source>填了平台地址就启用</source>
            <translation>On once its address is set</translation>
        </message>
        <message>
            <source>外观</source>
            <translation>Appearance</translation>
        </message>
        <message>
            <source>多久锁上、留多久</source>
            <translation>When to lock, how long kept</translation>
        </message>
        <message>
            <source>失败以后</source>
            <translation>After a failure</translation>
        </message>
        <message>
            <source>小图</source>
            <translation>Previews</translation>
        </message>
        <message>
            <source>带字段名的对象</source>
            <translation>Objects with a field name</translation>
        </message>
        <message>
            <source>并行、间隔、次数</source>
            <translation>Parallel, intervals, attempts</translation>
        </message>
        <message>
            <source>往后推一秒</source>
            <translation>Move on by a second</translation>
        </message>
        <message>
            <source>投递文件夹、报告来源</source>
            <translation>Drop folder, report sources</translation>
        </message>
        <message>
            <source>报文细节（平台要求时再改）</source>
            <translation>Message details (change only when the platform asks)</translation>
        </message>
        <message>
            <source>拒绝</source>
            <translation>Reject</translation>
        </message>
        <message>
            <source>按天数清理</source>
            <translation>Clearing by age</translation>
        </message>
        <message>
            <source>接受</source>
            <translation>Accept</translation>
        </message>
        <message>
            <source>接收</source>
            <translation>Receiving</translation>
        </message>
        <message>
            <source>操作员</source>
            <translation>Operators</translation>
        </message>
        <message>
            <source>收到时解密哪些</source>
            <translation>Decrypted when received</translation>
        </message>
        <message>
            <source>数组</source>
            <translation>Array</translation>
        </message>
        <message>
            <source>明文</source>
            <translation>Plain</translation>
        </message>
        <message>
            <source>最长 30 位。</source>
            <translation>At most 30 characters.</translation>
        </message>
        <message>
            <source>本机</source>
            <translation>This computer</translation>
        </message>
        <message>
            <source>机构和医生</source>
            <translation>Institution and physician</translation>
        </message>
        <message>
            <source>查询和删除（平台要求时再改）</source>
            <translation>Queries and deletion (change only if the platform asks)</translation>
        </message>
        <message>
            <source>每行一个主机名或地址</source>
            <translation>One host name or address a line</translation>
        </message>
        <message>
            <source>每行一个文件夹</source>
            <translation>One folder a line</translation>
        </message>
        <message>
            <source>每行一个，写成 US = 300。</source>
            <translation>One a line, written as US = 300.</translation>
        </message>
        <message>
            <source>河北互认共享</source>
            <translation>Hebei</translation>
        </message>
        <message>
            <source>深浅色、语言、行距</source>
            <translation>Light or dark, language, rows</translation>
        </message>
        <message>
            <source>清理、水位</source>
            <translation>Clearing, marks</translation>
        </message>
        <message>
            <source>版本、自检</source>
            <translation>Version, self-check</translation>
        </message>
        <message>
            <source>用审核日期</source>
            <translation>Use the review date</translation>
        </message>
        <message>
            <source>用报告日期</source>
            <translation>Use the report date</translation>
        </message>
        <message>
            <source>用检查号作报告编号</source>
            <translation>Use accession as report number</translation>
        </message>
        <message>
            <source>真实代码</source>
            <translation>Real code</translation>
        </message>
        <message>
            <source>磁盘和水位</source>
            <translation>Disk and marks</translation>
        </message>
        <message>
            <source>空格</source>
            <translation>Blank</translation>
        </message>
        <message>
            <source>等报告</source>
            <translation>Wait for the report</translation>
        </message>
        <message>
            <source>等结算</source>
            <translation>Wait for settlement</translation>
        </message>
        <message>
            <source>索引码</source>
            <translation>Index code</translation>
        </message>
        <message>
            <source>补零</source>
            <translation>Zeros</translation>
        </message>
        <message>
            <source>记录、图像、报告</source>
            <translation>Record, images, report</translation>
        </message>
        <message>
            <source>记录、报告、图像</source>
            <translation>Record, report, images</translation>
        </message>
        <message>
            <source>记录和报告</source>
            <translation>Records and reports</translation>
        </message>
        <message>
            <source>记录里没有时</source>
            <translation>When the record lacks it</translation>
        </message>
        <message>
            <source>设备</source>
            <translation>Devices</translation>
        </message>
        <message>
            <source>设备和连接</source>
            <translation>Devices and connections</translation>
        </message>
        <message>
            <source>谁连着、谁被拒绝</source>
            <translation>Connected, rejected</translation>
        </message>
        <message>
            <source>贵州医保影像云</source>
            <translation>Guizhou image cloud</translation>
        </message>
        <message>
            <source>跨院调阅</source>
            <translation>Other hospitals</translation>
        </message>
        <message>
            <source>近 1 年</source>
            <translation>The last year</translation>
        </message>
        <message>
            <source>近 3 年</source>
            <translation>The last 3 years</translation>
        </message>
        <message>
            <source>这个值不能用。</source>
            <translation>This value cannot be used.</translation>
        </message>
        <message>
            <source>连接</source>
            <translation>Connection</translation>
        </message>
        <message>
            <source>都不启用</source>
            <translation>None</translation>
        </message>
        <message>
            <source>都传</source>
            <translation>all go</translation>
        </message>
        <message>
            <source>锁屏和操作记录</source>
            <translation>Lock and audit</translation>
        </message>
    </context>
    <context>
        <name>SharedDrawer</name>
        <message>
            <source>在浏览器里看 PDF 报告</source>
            <translation>PDF report in the browser</translation>
        </message>
        <message>
            <source>在浏览器里看影像</source>
            <translation>Images in the browser</translation>
        </message>
    </context>
    <context>
        <name>SharedPage</name>
        <message>
            <source>HIS 给的</source>
            <translation>From the HIS</translation>
        </message>
        <message>
            <source>HIS 请求查看这位患者，核对后再查询</source>
            <translation>The HIS asks for this patient; check, then ask the platform</translation>
        </message>
        <message>
            <source>上次查的</source>
            <translation>from the last query</translation>
        </message>
        <message>
            <source>先选已授权的患者，Ctrl+Enter 查询。有可互认的结果，就在浏览器里打开平台的共享页面，由医生处理；都没有就到此为止。平台不通知医生做完了没有：处理完回来按“取回处理结果”，可以取很多次。页面的地址只能打开一次，要再看就重新查询。取回的结果可以复制成文字，也可以导出给 HIS。</source>
            <translation>Choose an authorized patient, then Ctrl+Enter. If there is something to recognise, the platform's shared page opens in the browser for the physician; if not, that is the end. The platform does not say when the physician has finished: come back and fetch the results, as often as you like. The page opens once; to look again, ask again. Results can be copied as text or exported for the HIS.</translation>
        </message>
        <message>
            <source>共享调阅</source>
            <translation>Shared viewing</translation>
        </message>
        <message>
            <source>取回处理结果</source>
            <translation>Fetch the results</translation>
        </message>
        <message>
            <source>就诊 {number}</source>
            <translation>Visit {number}</translation>
        </message>
        <message>
            <source>已填好，要看就再查一次</source>
            <translation>Filled in; query again to look</translation>
        </message>
        <message>
            <source>打开共享页面</source>
            <translation>Open the shared page</translation>
        </message>
        <message>
            <source>换一位患者</source>
            <translation>Next patient</translation>
        </message>
        <message>
            <source>查询可互认结果</source>
            <translation>Ask for results</translation>
        </message>
        <message>
            <source>正在取回处理结果</source>
            <translation>Fetching the results</translation>
        </message>
        <message>
            <source>正在问平台有没有可互认的结果</source>
            <translation>Asking the platform for results</translation>
        </message>
        <message>
            <source>没有取回</source>
            <translation>Not fetched</translation>
        </message>
        <message>
            <source>没有查到，平台没有给结果</source>
            <translation>The platform gave no answer</translation>
        </message>
        <message>
            <source>河北平台还没有设置好</source>
            <translation>Hebei's platform is not set up yet</translation>
        </message>
        <message>
            <source>浏览器没有打开</source>
            <translation>The browser did not open</translation>
        </message>
        <message>
            <source>看这位患者在其他医院的检查检验结果，由医生决定是否互认</source>
            <translation>Results of other hospitals for this patient; the physician decides what is recognised</translation>
        </message>
        <message>
            <source>等平台应答</source>
            <translation>Waiting for the platform</translation>
        </message>
        <message>
            <source>还什么都没有发出。不是这位患者就按 Ctrl+N 清掉。</source>
            <translation>Nothing was sent yet. If it is not this patient, clear with Ctrl+N.</translation>
        </message>
        <message>
            <source>重新查询</source>
            <translation>Ask again</translation>
        </message>
    </context>
    <context>
        <name>SharedStart</name>
        <message>
            <source>为什么看</source>
            <translation>Reason</translation>
        </message>
        <message>
            <source>共享调阅：看全部</source>
            <translation>Viewing: everything</translation>
        </message>
        <message>
            <source>去登记授权</source>
            <translation>Enter an authorization</translation>
        </message>
        <message>
            <source>只看和要开的项目对得上的结果；至少选一项。</source>
            <translation>Only results that match the items to be ordered; choose at least one.</translation>
        </message>
        <message>
            <source>姓名、拼音首字母、就诊号</source>
            <translation>Name, pinyin initials, visit number</translation>
        </message>
        <message>
            <source>就诊时间和授权时一样，不要改。</source>
            <translation>The visit time is that of the authorization; do not change it.</translation>
        </message>
        <message>
            <source>已填好，核对后查询</source>
            <translation>Filled in; check, then ask the platform</translation>
        </message>
        <message>
            <source>已授权的患者</source>
            <translation>Authorized patients</translation>
        </message>
        <message>
            <source>开单前要选至少一个项目</source>
            <translation>Choose at least one item before ordering</translation>
        </message>
        <message>
            <source>开单前：只看要开的项目</source>
            <translation>Ordering: chosen items only</translation>
        </message>
        <message>
            <source>授权时登记的</source>
            <translation>As entered with the authorization</translation>
        </message>
        <message>
            <source>查到可互认的结果，就在浏览器里打开共享页面，由医生处理。</source>
            <translation>If there is something to recognise, the shared page opens in the browser for the physician.</translation>
        </message>
        <message>
            <source>没有找到已授权的</source>
            <translation>No authorized patient found</translation>
        </message>
        <message>
            <source>看这位患者所有还在互认时效内的检查检验结果。</source>
            <translation>All results of this patient that can still be recognised.</translation>
        </message>
        <message>
            <source>还有没填对的，看红字</source>
            <translation>Something is not right yet; see the red lines</translation>
        </message>
        <message>
            <source>还没有已授权的患者</source>
            <translation>No authorized patient yet</translation>
        </message>
        <message>
            <source>选一位已授权的患者，或者自己填</source>
            <translation>Choose an authorized patient, or fill in the form</translation>
        </message>
    </context>
    <context>
        <name>SharedWords</name>
        <message>
            <source>一部分还要做</source>
            <translation>Part still to do</translation>
        </message>
        <message>
            <source>不互认</source>
            <translation>Not recognised</translation>
        </message>
        <message>
            <source>不详</source>
            <translation>Unknown</translation>
        </message>
        <message>
            <source>偏低</source>
            <translation>Low</translation>
        </message>
        <message>
            <source>偏高</source>
            <translation>High</translation>
        </message>
        <message>
            <source>已互认</source>
            <translation>Recognised</translation>
        </message>
        <message>
            <source>异常</source>
            <translation>Abnormal</translation>
        </message>
        <message>
            <source>异常，没说高低</source>
            <translation>Abnormal</translation>
        </message>
        <message>
            <source>有影像</source>
            <translation>images</translation>
        </message>
        <message>
            <source>有报告 PDF</source>
            <translation>PDF report</translation>
        </message>
        <message>
            <source>本地</source>
            <translation>local</translation>
        </message>
        <message>
            <source>正常</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>没有互认，照做</source>
            <translation>Not recognised, do it</translation>
        </message>
        <message>
            <source>没有说明</source>
            <translation>Not said</translation>
        </message>
        <message>
            <source>省平台</source>
            <translation>province</translation>
        </message>
        <message>
            <source>都互认了，不用再做</source>
            <translation>All recognised</translation>
        </message>
    </context>
    <context>
        <name>SharedWork</name>
        <message>
            <source>{at} 取回</source>
            <translation>Fetched {at}</translation>
        </message>
        <message>
            <source>{at} 打开</source>
            <translation>Opened {at}</translation>
        </message>
        <message>
            <source>不互认的理由在下面；该做的检查照常开单。</source>
            <translation>The reasons stand below; order what is needed as usual.</translation>
        </message>
        <message>
            <source>互认了 {n} 项</source>
            <translation>{n} recognised</translation>
        </message>
        <message>
            <source>互认结果</source>
            <translation>recognised-results</translation>
        </message>
        <message>
            <source>共享页面已在浏览器里打开，请医生处理</source>
            <translation>The shared page is open in the browser; the physician goes on there</translation>
        </message>
        <message>
            <source>共享页面还没有打开</source>
            <translation>The shared page is not open yet</translation>
        </message>
        <message>
            <source>医生在浏览器里处理</source>
            <translation>The physician decides in the browser</translation>
        </message>
        <message>
            <source>医生还没处理，或者没有互认就关了页面。处理完可以再取。</source>
            <translation>The physician has not finished, or closed the page without recognising anything. Fetch again afterwards.</translation>
        </message>
        <message>
            <source>取回处理结果</source>
            <translation>Fetch the results</translation>
        </message>
        <message>
            <source>可以再取</source>
            <translation>can be fetched again</translation>
        </message>
        <message>
            <source>可以复制成文字，或导出给 HIS；也可以再取一次。</source>
            <translation>Copy them as text or export them for the HIS; or fetch once more.</translation>
        </message>
        <message>
            <source>处理过了，没有互认任何结果</source>
            <translation>Decided, and nothing was recognised</translation>
        </message>
        <message>
            <source>复制为文字</source>
            <translation>Copy as text</translation>
        </message>
        <message>
            <source>导出 JSON…</source>
            <translation>Export JSON…</translation>
        </message>
        <message>
            <source>导出 XLSX…</source>
            <translation>Export XLSX…</translation>
        </message>
        <message>
            <source>导出互认结果</source>
            <translation>Export the results</translation>
        </message>
        <message>
            <source>已在浏览器里打开</source>
            <translation>Opened in the browser</translation>
        </message>
        <message>
            <source>已复制成文字，可以粘贴到病历里</source>
            <translation>Copied as text, ready to paste into the record</translation>
        </message>
        <message>
            <source>已导出到 {name}</source>
            <translation>Exported to {name}</translation>
        </message>
        <message>
            <source>平台上检查 0 份、检验 0 项。到此为止，照常开单。</source>
            <translation>0 examinations and 0 laboratory results at the platform. Nothing more to do here; order as usual.</translation>
        </message>
        <message>
            <source>平台不通知做完了没有；处理完回来按“取回处理结果”，可以取很多次。</source>
            <translation>The platform does not say when it is done; come back afterwards and fetch the results, as often as you like.</translation>
        </message>
        <message>
            <source>平台不通知做完，要取回才知道</source>
            <translation>not told when done; fetch to know</translation>
        </message>
        <message>
            <source>按“打开共享页面”。</source>
            <translation>Press Open the shared page.</translation>
        </message>
        <message>
            <source>查询可互认结果</source>
            <translation>Ask for results</translation>
        </message>
        <message>
            <source>检查 {studies} 份，检验 {labs} 项</source>
            <translation>{studies} examinations, {labs} laboratory</translation>
        </message>
        <message>
            <source>没有可互认的结果，不用打开页面</source>
            <translation>Nothing to recognise; no page to open</translation>
        </message>
        <message>
            <source>没有可看的，不用打开</source>
            <translation>nothing to look at</translation>
        </message>
        <message>
            <source>还没有取回</source>
            <translation>not fetched yet</translation>
        </message>
        <message>
            <source>还没有处理过任何结果</source>
            <translation>Nothing was decided yet</translation>
        </message>
    </context>
    <context>
        <name>Slip</name>
        <message>
            <source>本人同意医务人员在本次就诊中查看本人在其他医院的检查检验结果。</source>
            <translation>I agree that in this visit the staff look at my examination and laboratory results of other hospitals.</translation>
        </message>
        <message>
            <source>检查检验结果调阅授权单</source>
            <translation>Authorization to view results</translation>
        </message>
        <message>
            <source>签字：________________    日期：____________</source>
            <translation>Signature: ________________    Date: ____________</translation>
        </message>
    </context>
    <context>
        <name>SlipDialog</name>
        <message>
            <source>关闭</source>
            <translation>Close</translation>
        </message>
        <message>
            <source>姓名和证件号打印时才显示；文件名里没有。</source>
            <translation>Name and numbers show only on paper; the file name has none.</translation>
        </message>
        <message>
            <source>存成 PDF</source>
            <translation>Keep as PDF</translation>
        </message>
        <message>
            <source>存成 PDF…</source>
            <translation>Keep as PDF…</translation>
        </message>
        <message>
            <source>打印…</source>
            <translation>Print…</translation>
        </message>
        <message>
            <source>授权单</source>
            <translation>Slip</translation>
        </message>
        <message>
            <source>授权单存成了 {name}</source>
            <translation>Slip kept as {name}</translation>
        </message>
        <message>
            <source>授权单已送到打印机</source>
            <translation>Slip sent to the printer</translation>
        </message>
    </context>
    <context>
        <name>SlipPaper</name>
        <message>
            <source>授权单</source>
            <translation>Slip</translation>
        </message>
    </context>
    <context>
        <name>StartFailedDialog</name>
        <message>
            <source>互认前置台</source>
            <translation>Exchange desk</translation>
        </message>
        <message>
            <source>关闭</source>
            <translation>Close</translation>
        </message>
        <message>
            <source>复制</source>
            <translation>Copy</translation>
        </message>
    </context>
    <context>
        <name>State</name>
        <message>
            <source>上传中</source>
            <translation>Uploading</translation>
        </message>
        <message>
            <source>失败</source>
            <translation>Failed</translation>
        </message>
        <message>
            <source>已暂停</source>
            <translation>Paused</translation>
        </message>
        <message>
            <source>已确认</source>
            <translation>Confirmed</translation>
        </message>
        <message>
            <source>待处理</source>
            <translation>Needs fix</translation>
        </message>
        <message>
            <source>等待</source>
            <translation>Waiting</translation>
        </message>
        <message>
            <source>重试中</source>
            <translation>Retrying</translation>
        </message>
    </context>
    <context>
        <name>StepCard</name>
        <message>
            <source>好了</source>
            <translation>Done</translation>
        </message>
        <message>
            <source>还没做</source>
            <translation>To do</translation>
        </message>
    </context>
    <context>
        <name>StudiesExport</name>
        <message>
            <source>发送设备</source>
            <translation>Sent by</translation>
        </message>
        <message>
            <source>图像在哪</source>
            <translation>Where the images are</translation>
        </message>
        <message>
            <source>姓名</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>导出检查列表</source>
            <translation>Export study list</translation>
        </message>
        <message>
            <source>已发</source>
            <translation>Sent</translation>
        </message>
        <message numerus="yes">
            <source>已导出 {n} 份到 {name}</source>
            <translation>
                <numerusform>Exported {n} study to {name}</numerusform>
                <numerusform>Exported {n} studies to {name}</numerusform>
            </translation>
        </message>
        <message>
            <source>已确认</source>
            <translation>Confirmed</translation>
        </message>
        <message>
            <source>年龄</source>
            <translation>Age</translation>
        </message>
        <message>
            <source>应有</source>
            <translation>Expected</translation>
        </message>
        <message>
            <source>性别</source>
            <translation>Sex</translation>
        </message>
        <message>
            <source>收到</source>
            <translation>Received</translation>
        </message>
        <message>
            <source>收到时间</source>
            <translation>Received at</translation>
        </message>
        <message>
            <source>检查</source>
            <translation>Exam</translation>
        </message>
        <message>
            <source>检查 UID</source>
            <translation>Study UID</translation>
        </message>
        <message>
            <source>检查号</source>
            <translation>Accession</translation>
        </message>
        <message>
            <source>状态</source>
            <translation>State</translation>
        </message>
        <message>
            <source>要上传</source>
            <translation>To upload</translation>
        </message>
        <message>
            <source>设备类型</source>
            <translation>Modality</translation>
        </message>
        <message>
            <source>说明</source>
            <translation>Explanation</translation>
        </message>
    </context>
    <context>
        <name>StudiesFilter</name>
        <message>
            <source>“{text}”</source>
            <translation>"{text}"</translation>
        </message>
        <message>
            <source>上传中和排队</source>
            <translation>Uploading and in line</translation>
        </message>
        <message>
            <source>不用传</source>
            <translation>Not uploaded</translation>
        </message>
        <message>
            <source>今天</source>
            <translation>Today</translation>
        </message>
        <message>
            <source>全部</source>
            <translation>All</translation>
        </message>
        <message>
            <source>图像</source>
            <translation>Images</translation>
        </message>
        <message>
            <source>在本机</source>
            <translation>Here</translation>
        </message>
        <message>
            <source>失败</source>
            <translation>Failed</translation>
        </message>
        <message>
            <source>姓名、拼音、检查号</source>
            <translation>Name, pinyin, number</translation>
        </message>
        <message>
            <source>已清理</source>
            <translation>Cleared</translation>
        </message>
        <message>
            <source>已确认</source>
            <translation>Confirmed</translation>
        </message>
        <message>
            <source>待处理</source>
            <translation>Needs fix</translation>
        </message>
        <message>
            <source>日期</source>
            <translation>Date</translation>
        </message>
        <message>
            <source>昨天</source>
            <translation>Yesterday</translation>
        </message>
        <message>
            <source>未完成</source>
            <translation>Unfinished</translation>
        </message>
        <message>
            <source>缺记录或图像</source>
            <translation>No record or images</translation>
        </message>
        <message>
            <source>设备</source>
            <translation>Modality</translation>
        </message>
        <message>
            <source>近 30 天</source>
            <translation>Last 30 days</translation>
        </message>
        <message>
            <source>近 7 天</source>
            <translation>Last 7 days</translation>
        </message>
        <message>
            <source>还在接收</source>
            <translation>Still receiving</translation>
        </message>
    </context>
    <context>
        <name>StudiesPage</name>
        <message numerus="yes">
            <source>{window} {total} 份</source>
            <translation>
                <numerusform>{window}: {total} study</numerusform>
                <numerusform>{window}: {total} studies</numerusform>
            </translation>
        </message>
        <message>
            <source>下一步</source>
            <translation>Next step</translation>
        </message>
        <message>
            <source>份</source>
            <translation>studies</translation>
        </message>
        <message>
            <source>先在列表里打开一份检查</source>
            <translation>Open a study in the list first</translation>
        </message>
        <message>
            <source>全部</source>
            <translation>All</translation>
        </message>
        <message>
            <source>列表是空的，没有可导出的</source>
            <translation>The list is empty; nothing to export</translation>
        </message>
        <message>
            <source>导出…</source>
            <translation>Export…</translation>
        </message>
        <message>
            <source>按筛选显示 {n} 份</source>
            <translation>{n} shown by filter</translation>
        </message>
        <message>
            <source>检查</source>
            <translation>Studies</translation>
        </message>
        <message>
            <source>正在处理</source>
            <translation>Working on it</translation>
        </message>
        <message>
            <source>每份收到的检查一行：状态、患者、检查、图像走到哪一步。回车打开，上下键换一份，Esc 关上。四条小格是应有、收到、已发、已确认；全绿才是都确认了。按检查号、姓名、拼音或首字母都能找。</source>
            <translation>One row for each received study: state, patient, exam, how far its images are. Enter opens it, ↑↓ moves to another, Esc closes. The four small bars are expected, received, sent and confirmed; only all green means all confirmed. Search by accession number, name, pinyin or initials.</translation>
        </message>
        <message>
            <source>这份检查已不在列表里</source>
            <translation>This study is no longer in the list</translation>
        </message>
        <message>
            <source>这份检查的图像文件已不在本机：按保存期限清理了，或者被移走了。</source>
            <translation>The images of this study are no longer on this computer: cleared after their keeping time, or moved.</translation>
        </message>
    </context>
    <context>
        <name>StudyActions</name>
        <message numerus="yes">
            <source>{n} 幅排队补传</source>
            <translation>
                <numerusform>{n} image queued to be sent</numerusform>
                <numerusform>{n} images queued to be sent</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} 项继续上传</source>
            <translation>
                <numerusform>{n} delivery resumed</numerusform>
                <numerusform>{n} deliveries resumed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} 项重新排队、{skipped} 项跳过</source>
            <translation>
                <numerusform>{n} delivery queued again, {skipped} skipped</numerusform>
                <numerusform>{n} deliveries queued again, {skipped} skipped</numerusform>
            </translation>
        </message>
        <message>
            <source>不取消</source>
            <translation>Do not cancel</translation>
        </message>
        <message>
            <source>保留平台上的</source>
            <translation>Keep what was sent</translation>
        </message>
        <message numerus="yes">
            <source>保留平台上的，不发新收到的 {n} 幅？</source>
            <translation>
                <numerusform>Keep what the platform has, and not send the {n} newer image?</numerusform>
                <numerusform>Keep what the platform has, and not send the {n} newer images?</numerusform>
            </translation>
        </message>
        <message>
            <source>先不决定</source>
            <translation>Decide later</translation>
        </message>
        <message numerus="yes">
            <source>取消 {n} 项</source>
            <translation>
                <numerusform>Cancel {n} delivery</numerusform>
                <numerusform>Cancel {n} deliveries</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>取消这份检查的 {n} 项上传？</source>
            <translation>
                <numerusform>Cancel this study's {n} delivery?</numerusform>
                <numerusform>Cancel this study's {n} deliveries?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>只发这 {n} 幅新的，另外 {rest} 幅不重传；先前那一版本机也留着。</source>
            <translation>
                <numerusform>Only this {n} is sent, the other {rest} are not sent again; the earlier version also stays on this machine.</numerusform>
                <numerusform>Only these {n} are sent, the other {rest} are not sent again; the earlier version also stays on this machine.</numerusform>
            </translation>
        </message>
        <message>
            <source>图像和记录都留在本机，以后还能再传；平台已收到的不会删除。</source>
            <translation>Images and records stay here and can be sent later; what the platform has is not deleted.</translation>
        </message>
        <message>
            <source>地址能连通（不等于能上传），恢复后程序会自动接着传</source>
            <translation>Address reachable (does not mean uploads work); uploading goes on by itself once the platform is back</translation>
        </message>
        <message numerus="yes">
            <source>已取消 {n} 项</source>
            <translation>
                <numerusform>Cancelled {n} delivery</numerusform>
                <numerusform>Cancelled {n} deliveries</numerusform>
            </translation>
        </message>
        <message>
            <source>已指定记录，正在校验</source>
            <translation>Record assigned, checking it</translation>
        </message>
        <message>
            <source>已按收齐处理；之后再来的图像会补传</source>
            <translation>Taken as complete; images that still come are sent too</translation>
        </message>
        <message numerus="yes">
            <source>已撤销 {n} 项</source>
            <translation>
                <numerusform>Undone: {n} delivery</numerusform>
                <numerusform>Undone: {n} deliveries</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>已暂停 {n} 项</source>
            <translation>
                <numerusform>Paused {n} delivery</numerusform>
                <numerusform>Paused {n} deliveries</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>平台上的 {n} 幅不动。</source>
            <translation>
                <numerusform>The {n} image on the platform stays as it is.</numerusform>
                <numerusform>The {n} images on the platform stay as they are.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>平台上的不动，新的 {n} 幅留在本机</source>
            <translation>
                <numerusform>The platform is left as it is; {n} newer image stays on this machine</numerusform>
                <numerusform>The platform is left as it is; {n} newer images stay on this machine</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>平台确认以后，又收到 {n} 幅同号而内容不同的图像。</source>
            <translation>
                <numerusform>After the platform had confirmed it, {n} image came again with other content.</numerusform>
                <numerusform>After the platform had confirmed them, {n} images came again with other content.</numerusform>
            </translation>
        </message>
        <message>
            <source>应有几幅已记下</source>
            <translation>Expected count noted</translation>
        </message>
        <message numerus="yes">
            <source>新收到的 {n} 幅留在本机，不上传，以后也不再问。</source>
            <translation>
                <numerusform>The {n} newer image stays on this machine, is not uploaded and not asked about again.</numerusform>
                <numerusform>The {n} newer images stay on this machine, are not uploaded and not asked about again.</numerusform>
            </translation>
        </message>
        <message>
            <source>检查号已复制</source>
            <translation>Accession number copied</translation>
        </message>
        <message>
            <source>正在传的，当前这一幅传完就停。</source>
            <translation>What is uploading stops after the current image.</translation>
        </message>
        <message>
            <source>没有可以取消的上传</source>
            <translation>No upload to cancel</translation>
        </message>
        <message>
            <source>补传 {n} 幅</source>
            <translation>Send {n}</translation>
        </message>
        <message numerus="yes">
            <source>补传新收到的 {n} 幅？</source>
            <translation>
                <numerusform>Send the {n} newer image?</numerusform>
                <numerusform>Send the {n} newer images?</numerusform>
            </translation>
        </message>
        <message>
            <source>还是连不上</source>
            <translation>Still no connection</translation>
        </message>
    </context>
    <context>
        <name>StudyColumns</name>
        <message>
            <source>Study UID</source>
            <translation>Study UID</translation>
        </message>
        <message>
            <source>发送 AE</source>
            <translation>Sending AE</translation>
        </message>
        <message>
            <source>图像：确认 / 应有</source>
            <translation>Images confirmed</translation>
        </message>
        <message>
            <source>患者</source>
            <translation>Patient</translation>
        </message>
        <message>
            <source>患者 / 检查号</source>
            <translation>Patient / accession</translation>
        </message>
        <message>
            <source>收到</source>
            <translation>Received</translation>
        </message>
        <message>
            <source>检查</source>
            <translation>Exam</translation>
        </message>
        <message>
            <source>检查号</source>
            <translation>Accession</translation>
        </message>
        <message>
            <source>状态</source>
            <translation>State</translation>
        </message>
    </context>
    <context>
        <name>StudyDeletion</name>
        <message>
            <source>两份检查各用自己的索引重新上传；缺图像的那份等图像</source>
            <translation>Both exams go again under indexes of their own; the one without images waits for them</translation>
        </message>
        <message>
            <source>从平台删除</source>
            <translation>Delete from platform</translation>
        </message>
        <message>
            <source>从平台删除要信息科的人来做</source>
            <translation>Deleting from the platform is for IT</translation>
        </message>
        <message>
            <source>从平台删除这份检查？</source>
            <translation>Delete this exam from the platform?</translation>
        </message>
        <message>
            <source>传到了别人名下：先从平台删除？</source>
            <translation>Sent under another patient: delete from the platform first?</translation>
        </message>
        <message>
            <source>删除后重发</source>
            <translation>Delete and send again</translation>
        </message>
        <message>
            <source>删除后重发这份检查？</source>
            <translation>Delete this exam and send it again?</translation>
        </message>
        <message>
            <source>删除并换记录</source>
            <translation>Delete and move</translation>
        </message>
        <message>
            <source>它没有被拦着</source>
            <translation>Nothing held it back</translation>
        </message>
        <message>
            <source>已排队：平台删除以后，图像归到您选的记录，再重传</source>
            <translation>Queued: after the deletion the images go to the record you chose and are sent again</translation>
        </message>
        <message>
            <source>已排队：请平台删除</source>
            <translation>Queued: asking the platform to delete</translation>
        </message>
        <message>
            <source>平台上没有这份检查，图像已归到您选的记录</source>
            <translation>The platform does not hold this exam; the images went to the record you chose</translation>
        </message>
        <message>
            <source>平台答应以后，把图像归到您选的那条记录</source>
            <translation>Once it has, the images go to the record you chose</translation>
        </message>
        <message>
            <source>平台答应以后，用新的索引把记录、图像和报告重传一遍</source>
            <translation>Once it has, record, images and report go again under a new index</translation>
        </message>
        <message>
            <source>请平台删除旧的索引和它下面的全部内容</source>
            <translation>The platform is asked to delete the old index with all it holds</translation>
        </message>
        <message>
            <source>请平台删除这个索引和它下面的全部内容</source>
            <translation>The platform is asked to delete this index with all it holds</translation>
        </message>
        <message>
            <source>重新排队上传</source>
            <translation>Queued to be sent again</translation>
        </message>
    </context>
    <context>
        <name>StudyDrawer</name>
        <message>
            <source>上传</source>
            <translation>Upload</translation>
        </message>
        <message>
            <source>从平台删除…</source>
            <translation>Delete from platform…</translation>
        </message>
        <message>
            <source>保留平台上的…</source>
            <translation>Keep what was sent…</translation>
        </message>
        <message>
            <source>原始应答</source>
            <translation>Raw answers</translation>
        </message>
        <message>
            <source>发送 AE</source>
            <translation>Sending AE</translation>
        </message>
        <message>
            <source>取消上传…</source>
            <translation>Cancel upload…</translation>
        </message>
        <message>
            <source>另有 {n} 处，到待处理里看</source>
            <translation>{n} more, see Needs fix</translation>
        </message>
        <message numerus="yes">
            <source>另有 {n} 幅按设置不上传，留在本机</source>
            <translation>
                <numerusform>{n} more image is not uploaded by the settings and stays here</numerusform>
                <numerusform>{n} more images are not uploaded by the settings and stay here</numerusform>
            </translation>
        </message>
        <message>
            <source>图像属于另一位患者…</source>
            <translation>Images are another patient's…</translation>
        </message>
        <message>
            <source>图像已按保留规则清理（{at}）</source>
            <translation>Images cleared by the retention rule ({at})</translation>
        </message>
        <message>
            <source>填应有几幅…</source>
            <translation>Enter expected…</translation>
        </message>
        <message>
            <source>复制检查号</source>
            <translation>Copy accession number</translation>
        </message>
        <message>
            <source>字符集</source>
            <translation>Character set</translation>
        </message>
        <message>
            <source>指定记录…</source>
            <translation>Assign record…</translation>
        </message>
        <message>
            <source>改应有几幅…</source>
            <translation>Change expected…</translation>
        </message>
        <message>
            <source>显示姓名</source>
            <translation>Show name</translation>
        </message>
        <message>
            <source>暂停上传</source>
            <translation>Pause upload</translation>
        </message>
        <message numerus="yes">
            <source>本机还有 {n} 幅</source>
            <translation>
                <numerusform>{n} image still here</numerusform>
                <numerusform>{n} images still here</numerusform>
            </translation>
        </message>
        <message>
            <source>检查 UID</source>
            <translation>Study UID</translation>
        </message>
        <message>
            <source>经过</source>
            <translation>History</translation>
        </message>
        <message>
            <source>继续上传</source>
            <translation>Resume upload</translation>
        </message>
        <message>
            <source>编号</source>
            <translation>Numbers</translation>
        </message>
        <message>
            <source>补传新收到的…</source>
            <translation>Send the newer images…</translation>
        </message>
        <message>
            <source>要改的地方</source>
            <translation>To fix</translation>
        </message>
        <message>
            <source>还没有发过</source>
            <translation>Nothing sent yet</translation>
        </message>
        <message>
            <source>遮住</source>
            <translation>Hide</translation>
        </message>
        <message>
            <source>重新上传</source>
            <translation>Send again</translation>
        </message>
        <message>
            <source>马上重试</source>
            <translation>Retry now</translation>
        </message>
    </context>
    <context>
        <name>StudyPictures</name>
        <message numerus="yes">
            <source>{n} 幅</source>
            <translation>
                <numerusform>{n} image</numerusform>
                <numerusform>{n} images</numerusform>
            </translation>
        </message>
        <message>
            <source>不能显示
已原样上传</source>
            <translation>Cannot show it;
uploaded as it is</translation>
        </message>
        <message>
            <source>不能显示
已原样收下</source>
            <translation>Cannot show it;
kept as it is</translation>
        </message>
        <message>
            <source>图像已从本机清理，要看请到 PACS</source>
            <translation>The images were cleared from this computer; look at them in the PACS</translation>
        </message>
        <message>
            <source>序列 {n}</source>
            <translation>Series {n}</translation>
        </message>
        <message>
            <source>打开看图</source>
            <translation>Open images</translation>
        </message>
        <message>
            <source>本机已清理</source>
            <translation>Cleared here</translation>
        </message>
        <message>
            <source>本机已清理
平台上有</source>
            <translation>Cleared here
on platform</translation>
        </message>
        <message>
            <source>正在生成</source>
            <translation>Being made</translation>
        </message>
        <message>
            <source>没有图像</source>
            <translation>No image</translation>
        </message>
        <message>
            <source>没有小样
设置里关了</source>
            <translation>No preview:
off in Settings</translation>
        </message>
        <message>
            <source>还没生成</source>
            <translation>Not made yet</translation>
        </message>
    </context>
    <context>
        <name>StudyTimeline</name>
        <message>
            <source>{title}（{n} 次）</source>
            <translation>{title} ({n} times)</translation>
        </message>
    </context>
    <context>
        <name>StudyWords</name>
        <message>
            <source>PACS 报的数</source>
            <translation>as the PACS says</translation>
        </message>
        <message>
            <source>{label}缺代码</source>
            <translation>{label}: no code</translation>
        </message>
        <message>
            <source>{n} 个月</source>
            <translation>{n} mo</translation>
        </message>
        <message>
            <source>{n} 周</source>
            <translation>{n} wk</translation>
        </message>
        <message>
            <source>{n} 天</source>
            <translation>{n} d</translation>
        </message>
        <message>
            <source>{n} 岁</source>
            <translation>{n} y</translation>
        </message>
        <message>
            <source>上传中 {n} %</source>
            <translation>Uploading {n} %</translation>
        </message>
        <message>
            <source>人工确认</source>
            <translation>confirmed by a person</translation>
        </message>
        <message>
            <source>周一</source>
            <translation>Mon</translation>
        </message>
        <message>
            <source>周三</source>
            <translation>Wed</translation>
        </message>
        <message>
            <source>周二</source>
            <translation>Tue</translation>
        </message>
        <message>
            <source>周五</source>
            <translation>Fri</translation>
        </message>
        <message>
            <source>周六</source>
            <translation>Sat</translation>
        </message>
        <message>
            <source>周四</source>
            <translation>Thu</translation>
        </message>
        <message>
            <source>周日</source>
            <translation>Sun</translation>
        </message>
        <message>
            <source>图像已清理 {time}</source>
            <translation>Images cleared {time}</translation>
        </message>
        <message>
            <source>在本机</source>
            <translation>On this computer</translation>
        </message>
        <message>
            <source>在本机 {n} 幅</source>
            <translation>{n} on this computer</translation>
        </message>
        <message>
            <source>多 {n} 幅</source>
            <translation>{n} too many</translation>
        </message>
        <message>
            <source>女</source>
            <translation>F</translation>
        </message>
        <message>
            <source>姓名未知</source>
            <translation>Name unknown</translation>
        </message>
        <message>
            <source>已收 {n}</source>
            <translation>{n} in</translation>
        </message>
        <message>
            <source>已暂停 {who}</source>
            <translation>Paused {who}</translation>
        </message>
        <message>
            <source>已确认 {n} 幅</source>
            <translation>{n} confirmed</translation>
        </message>
        <message>
            <source>应有未知</source>
            <translation>Not stated</translation>
        </message>
        <message>
            <source>报告还没写</source>
            <translation>Report not written yet</translation>
        </message>
        <message>
            <source>按设置不上传</source>
            <translation>Not uploaded by the settings</translation>
        </message>
        <message>
            <source>昨天</source>
            <translation>Yesterday</translation>
        </message>
        <message>
            <source>最近一幅 {time}</source>
            <translation>Last image {time}</translation>
        </message>
        <message>
            <source>有记录，没收到图像</source>
            <translation>Record is here, no images received</translation>
        </message>
        <message>
            <source>每幅都有应答</source>
            <translation>All answered</translation>
        </message>
        <message>
            <source>没找到检查记录</source>
            <translation>No exam record found</translation>
        </message>
        <message>
            <source>男</source>
            <translation>M</translation>
        </message>
        <message>
            <source>留在本机，不再上传</source>
            <translation>Stays here, not uploaded</translation>
        </message>
        <message>
            <source>等人决定发不发新的</source>
            <translation>Send the newer ones? A person decides</translation>
        </message>
        <message>
            <source>等平台确认</source>
            <translation>Awaiting platform</translation>
        </message>
        <message>
            <source>等平台答应删除</source>
            <translation>Waits for the platform's word</translation>
        </message>
        <message>
            <source>结算数据还没到</source>
            <translation>Settlement data not here yet</translation>
        </message>
        <message>
            <source>继续后接着传</source>
            <translation>Goes on when resumed</translation>
        </message>
        <message>
            <source>缺 {n} 幅</source>
            <translation>{n} missing</translation>
        </message>
        <message>
            <source>记录里写的</source>
            <translation>as the record says</translation>
        </message>
        <message>
            <source>轮到就上传</source>
            <translation>Uploads when its turn comes</translation>
        </message>
        <message>
            <source>重试中 第 {n} 次</source>
            <translation>Retrying, try {n}</translation>
        </message>
    </context>
    <context>
        <name>Switch</name>
        <message>
            <source>关</source>
            <translation>Off</translation>
        </message>
        <message>
            <source>开</source>
            <translation>On</translation>
        </message>
    </context>
    <context>
        <name>SwitchEditor</name>
        <message>
            <source>关</source>
            <translation>Off</translation>
        </message>
        <message>
            <source>开</source>
            <translation>On</translation>
        </message>
    </context>
    <context>
        <name>TablePanel</name>
        <message>
            <source>{first}–{last}，共 {total} {unit}</source>
            <translation>{first}–{last} of {total} {unit}</translation>
        </message>
        <message>
            <source>↑↓ 换一行   Enter 打开   Ctrl F 筛选</source>
            <translation>↑↓ move   Enter open   Ctrl F filter</translation>
        </message>
        <message>
            <source>已选 {count} {unit}</source>
            <translation>{count} {unit} selected</translation>
        </message>
        <message>
            <source>已选全部 {count} {unit}</source>
            <translation>all {count} {unit} selected</translation>
        </message>
    </context>
    <context>
        <name>ThumbnailStrip</name>
        <message>
            <source>缩略图</source>
            <translation>Thumbnails</translation>
        </message>
    </context>
    <context>
        <name>Timeline</name>
        <message>
            <source>经过</source>
            <translation>History</translation>
        </message>
    </context>
    <context>
        <name>Toast</name>
        <message>
            <source>撤销 {seconds} s</source>
            <translation>Undo {seconds} s</translation>
        </message>
    </context>
    <context>
        <name>TodayCard</name>
        <message>
            <source>{n} 人</source>
            <translation>{n}</translation>
        </message>
        <message>
            <source>人</source>
            <translation>patients</translation>
        </message>
        <message>
            <source>今天登记的</source>
            <translation>Entered today</translation>
        </message>
        <message>
            <source>今天还没有登记</source>
            <translation>Nobody entered today</translation>
        </message>
        <message>
            <source>全部</source>
            <translation>All</translation>
        </message>
        <message>
            <source>全部登记记录</source>
            <translation>All entries</translation>
        </message>
        <message>
            <source>患者</source>
            <translation>Patient</translation>
        </message>
        <message>
            <source>时间</source>
            <translation>Time</translation>
        </message>
        <message>
            <source>状态</source>
            <translation>State</translation>
        </message>
        <message>
            <source>登记一位，这里就有一行：状态、患者、时间。</source>
            <translation>Enter one, and a line appears: state, patient, time.</translation>
        </message>
    </context>
    <context>
        <name>Tray</name>
        <message>
            <source>打开窗口</source>
            <translation>Open the window</translation>
        </message>
        <message numerus="yes">
            <source>有 {n} 份检查等人处理。</source>
            <translation>
                <numerusform>{n} study waits for a person.</numerusform>
                <numerusform>{n} studies wait for a person.</numerusform>
            </translation>
        </message>
        <message>
            <source>退出…</source>
            <translation>Quit…</translation>
        </message>
    </context>
    <context>
        <name>TypeIn</name>
        <message>
            <source>AE 名称</source>
            <translation>AE title</translation>
        </message>
        <message>
            <source>Windows 防火墙没有让设备连进端口 {port}</source>
            <translation>Windows firewall does not let devices reach port {port}</translation>
        </message>
        <message>
            <source>命令</source>
            <translation>Command</translation>
        </message>
        <message>
            <source>地址</source>
            <translation>Address</translation>
        </message>
        <message>
            <source>没有接上网络</source>
            <translation>No network</translation>
        </message>
        <message>
            <source>端口</source>
            <translation>Port</translation>
        </message>
        <message>
            <source>还没有设备连进来过。请信息科在管理员命令行里运行下面这一行。</source>
            <translation>No device has called yet. IT runs the line below in an administrator's command prompt.</translation>
        </message>
    </context>
    <context>
        <name>Verdict</name>
        <message numerus="yes">
            <source>{n} 项上传失败</source>
            <translation>
                <numerusform>{n} delivery failed</numerusform>
                <numerusform>{n} deliveries failed</numerusform>
            </translation>
        </message>
        <message>
            <source>{platform}不应答</source>
            <translation>{platform} does not answer</translation>
        </message>
        <message>
            <source>{what}，要信息科看。</source>
            <translation>For IT: {what}.</translation>
        </message>
        <message numerus="yes">
            <source>一切正常。今天 {n} 份，都已确认。</source>
            <translation>
                <numerusform>All fine. {n} study today, confirmed.</numerusform>
                <numerusform>All fine. {n} studies today, all confirmed.</numerusform>
            </translation>
        </message>
        <message>
            <source>一切正常。今天 {n} 份：{done} 份已确认，{skipped} 份按设置不用传。</source>
            <translation>All fine. {n} studies today: {done} confirmed, {skipped} need not go by the settings.</translation>
        </message>
        <message numerus="yes">
            <source>一切正常。今天登记了 {n} 位患者。</source>
            <translation>
                <numerusform>All fine. {n} patient entered today.</numerusform>
                <numerusform>All fine. {n} patients entered today.</numerusform>
            </translation>
        </message>
        <message>
            <source>一切正常。今天还没有收到检查。</source>
            <translation>All fine. No studies received today yet.</translation>
        </message>
        <message>
            <source>一切正常。今天还没有登记授权。</source>
            <translation>All fine. No authorization entered yet today.</translation>
        </message>
        <message>
            <source>一切正常，程序在处理。</source>
            <translation>All fine, the program is on it.</translation>
        </message>
        <message numerus="yes">
            <source>今天收到 {total} 份，已确认 {confirmed} 份。</source>
            <translation>
                <numerusform>{total} study received today, {confirmed} confirmed.</numerusform>
                <numerusform>{total} studies received today, {confirmed} confirmed.</numerusform>
            </translation>
        </message>
        <message>
            <source>接收和上传正在启动。</source>
            <translation>Receiving and uploading are starting.</translation>
        </message>
        <message>
            <source>接收没有运行</source>
            <translation>receiver not running</translation>
        </message>
        <message>
            <source>收到的检查留在本机，不往平台上传。</source>
            <translation>Received studies stay here; none are uploaded.</translation>
        </message>
        <message numerus="yes">
            <source>有 {n} 份检查等人处理。</source>
            <translation>
                <numerusform>{n} study waits for a person.</numerusform>
                <numerusform>{n} studies wait for a person.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>有 {n} 份检查等人处理；另有{what}，要信息科看。</source>
            <translation>
                <numerusform>{n} study waits for a person; also for IT: {what}.</numerusform>
                <numerusform>{n} studies wait for a person; also for IT: {what}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>有 {n} 位患者的授权平台没有收，请登记员看。</source>
            <translation>
                <numerusform>The platform refused {n} patient's authorization; ask the clerk.</numerusform>
                <numerusform>The platform refused {n} patients' authorizations; ask the clerk.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>有 {n} 位患者的授权平台没有收，请登记员看；另有{what}，要信息科看。</source>
            <translation>
                <numerusform>The platform refused {n} patient's authorization: ask the clerk. Also {what}: ask IT.</numerusform>
                <numerusform>The platform refused {n} patients' authorizations: ask the clerk. Also {what}: ask IT.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>有 {n} 位患者的授权等着发送。</source>
            <translation>
                <numerusform>{n} patient's authorization waits to be sent.</numerusform>
                <numerusform>{n} patients' authorizations wait to be sent.</numerusform>
            </translation>
        </message>
        <message>
            <source>正在启动</source>
            <translation>Starting</translation>
        </message>
        <message>
            <source>正常</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>没有运行</source>
            <translation>Not running</translation>
        </message>
        <message>
            <source>河北互认共享</source>
            <translation>Hebei</translation>
        </message>
        <message>
            <source>磁盘满，已暂停接收</source>
            <translation>Disk full, receiving paused</translation>
        </message>
        <message>
            <source>磁盘约 {n} 天后满</source>
            <translation>the disk is full in about {n} days</translation>
        </message>
        <message>
            <source>端口 {port} 打不开，请核对接收设置</source>
            <translation>Port {port} cannot be opened; check the receiver settings</translation>
        </message>
        <message>
            <source>端口 {port} 被 {holder} 占用</source>
            <translation>Port {port} is held by {holder}</translation>
        </message>
        <message>
            <source>端口 {port} 被别的程序占用</source>
            <translation>Port {port} is held by another program</translation>
        </message>
        <message>
            <source>贵州影像云</source>
            <translation>Guizhou</translation>
        </message>
        <message>
            <source>还没有填平台地址，检查只收下、不上传。</source>
            <translation>No platform address set; studies are received, not uploaded.</translation>
        </message>
    </context>
    <context>
        <name>ViewerBar</name>
        <message>
            <source>一比一</source>
            <translation>1:1</translation>
        </message>
        <message>
            <source>反相</source>
            <translation>Invert</translation>
        </message>
        <message>
            <source>图像自带</source>
            <translation>From the image</translation>
        </message>
        <message>
            <source>左键做什么</source>
            <translation>What the left button does</translation>
        </message>
        <message>
            <source>彩色图像不调窗</source>
            <translation>Colour images are not windowed</translation>
        </message>
        <message>
            <source>手调</source>
            <translation>By hand</translation>
        </message>
        <message>
            <source>放大</source>
            <translation>Zoom in</translation>
        </message>
        <message>
            <source>没有显示图像，不能调窗</source>
            <translation>No image is shown to be windowed</translation>
        </message>
        <message>
            <source>看图的按键</source>
            <translation>Viewer keys</translation>
        </message>
        <message>
            <source>移动</source>
            <translation>Move</translation>
        </message>
        <message>
            <source>窗</source>
            <translation>Window</translation>
        </message>
        <message>
            <source>缩小</source>
            <translation>Zoom out</translation>
        </message>
        <message>
            <source>自动</source>
            <translation>Automatic</translation>
        </message>
        <message>
            <source>调窗</source>
            <translation>Window</translation>
        </message>
        <message>
            <source>返回</source>
            <translation>Back</translation>
        </message>
        <message>
            <source>还原窗、大小和位置</source>
            <translation>Reset window, size and place</translation>
        </message>
        <message>
            <source>适合窗口</source>
            <translation>Fit</translation>
        </message>
    </context>
    <context>
        <name>ViewerFoot</name>
        <message>
            <source>{n} 幅/秒</source>
            <translation>{n} images/s</translation>
        </message>
        <message>
            <source>停下</source>
            <translation>Stop</translation>
        </message>
        <message>
            <source>只有一幅</source>
            <translation>There is only one image</translation>
        </message>
        <message>
            <source>第几幅</source>
            <translation>Image number</translation>
        </message>
        <message>
            <source>连续播放</source>
            <translation>Play</translation>
        </message>
        <message>
            <source>速度</source>
            <translation>Speed</translation>
        </message>
    </context>
    <context>
        <name>ViewerKeysSheet</name>
        <message>
            <source>Ctrl 滚轮 + −</source>
            <translation>Ctrl wheel + −</translation>
        </message>
        <message>
            <source>上一个、下一个序列</source>
            <translation>Previous, next series</translation>
        </message>
        <message>
            <source>中键拖动</source>
            <translation>Middle drag</translation>
        </message>
        <message>
            <source>前后跳 10 幅</source>
            <translation>10 images on or back</translation>
        </message>
        <message>
            <source>反相</source>
            <translation>Invert</translation>
        </message>
        <message>
            <source>图像自带的窗，自动窗</source>
            <translation>The image's own window, automatic window</translation>
        </message>
        <message>
            <source>左键或右键拖动</source>
            <translation>Left or right drag</translation>
        </message>
        <message>
            <source>按部位选窗（CT），或图像自带的窗</source>
            <translation>Window by body part (CT), or the image's own</translation>
        </message>
        <message>
            <source>换一幅</source>
            <translation>Another image</translation>
        </message>
        <message>
            <source>放大，缩小</source>
            <translation>Zoom in, out</translation>
        </message>
        <message>
            <source>滚轮 ↑ ↓ ← →</source>
            <translation>Wheel ↑ ↓ ← →</translation>
        </message>
        <message>
            <source>看图的按键</source>
            <translation>Viewer keys</translation>
        </message>
        <message>
            <source>移动图像；Shift 加左键也行</source>
            <translation>Move the image; or Shift and left drag</translation>
        </message>
        <message>
            <source>窗、大小和位置都还原</source>
            <translation>Reset window, size and place</translation>
        </message>
        <message>
            <source>第一幅，最后一幅</source>
            <translation>First, last image</translation>
        </message>
        <message>
            <source>调窗：左右是窗宽，上下是窗位</source>
            <translation>Window: across is width, up and down is centre</translation>
        </message>
        <message>
            <source>返回</source>
            <translation>Back</translation>
        </message>
        <message>
            <source>连续播放，停下</source>
            <translation>Play, stop</translation>
        </message>
        <message>
            <source>适合窗口，一比一；双击也行</source>
            <translation>Fit, 1:1; or double-click</translation>
        </message>
    </context>
    <context>
        <name>ViewerWords</name>
        <message>
            <source>收到以后会显示在这里。</source>
            <translation>They appear here once received.</translation>
        </message>
        <message>
            <source>正在读图</source>
            <translation>Loading</translation>
        </message>
        <message>
            <source>窗位 {centre} 窗宽 {width}</source>
            <translation>C {centre} W {width}</translation>
        </message>
        <message>
            <source>第 {at} 幅，共 {total} 幅</source>
            <translation>Image {at} of {total}</translation>
        </message>
        <message>
            <source>还没有图像</source>
            <translation>No images yet</translation>
        </message>
    </context>
    <context>
        <name>VisitForm</name>
        <message>
            <source>不像电话号码，请再看一眼</source>
            <translation>Does not look like a phone number; look again</translation>
        </message>
        <message>
            <source>医院自己的患者编号，不是证件号</source>
            <translation>The hospital's own number, not the certificate's</translation>
        </message>
        <message>
            <source>可以扫，也可以放上读卡器</source>
            <translation>Scan it, or use the card reader</translation>
        </message>
        <message>
            <source>就诊时间改成现在</source>
            <translation>Set the visit time to now</translation>
        </message>
        <message>
            <source>校验位正确</source>
            <translation>Check digit right</translation>
        </message>
        <message>
            <source>现在</source>
            <translation>Now</translation>
        </message>
        <message>
            <source>第 18 位不对，请核对最后几位</source>
            <translation>Check digit does not match; check the last digits</translation>
        </message>
        <message>
            <source>证件类型</source>
            <translation>Certificate</translation>
        </message>
        <message>
            <source>门诊号或住院号；同一次就诊只登记一次</source>
            <translation>Of the visit or stay; one entry a visit</translation>
        </message>
        <message>
            <source>默认现在；可以只输 1405</source>
            <translation>Now by default; 1405 will do</translation>
        </message>
    </context>
    <context>
        <name>VisitWords</name>
        <message>
            <source>{n} 岁</source>
            <translation>{n} y</translation>
        </message>
        <message>
            <source>{year}年{month}月{day}日</source>
            <translation>{year}-{month}-{day}</translation>
        </message>
        <message>
            <source>中华人民共和国台湾居民居住证</source>
            <translation>Residence permit for Taiwan residents</translation>
        </message>
        <message>
            <source>中华人民共和国港澳居民居住证</source>
            <translation>Residence permit for Hong Kong and Macao residents</translation>
        </message>
        <message>
            <source>临时居民身份证</source>
            <translation>Temporary identity card</translation>
        </message>
        <message>
            <source>其他法定有效证件</source>
            <translation>Other legal certificate</translation>
        </message>
        <message>
            <source>军官证</source>
            <translation>Officer's certificate</translation>
        </message>
        <message>
            <source>台湾居民来往内地通行证</source>
            <translation>Mainland travel permit, Taiwan residents</translation>
        </message>
        <message>
            <source>外国人用护照；姓名照护照上的写。</source>
            <translation>Foreigners use the passport, with the name as printed there.</translation>
        </message>
        <message>
            <source>女</source>
            <translation>F</translation>
        </message>
        <message>
            <source>姓名</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>就诊号</source>
            <translation>Visit number</translation>
        </message>
        <message>
            <source>就诊时间</source>
            <translation>Visit time</translation>
        </message>
        <message>
            <source>居民户口簿</source>
            <translation>Household register</translation>
        </message>
        <message>
            <source>居民身份证</source>
            <translation>Identity card</translation>
        </message>
        <message>
            <source>患者 ID</source>
            <translation>Patient ID</translation>
        </message>
        <message>
            <source>手机号</source>
            <translation>Phone</translation>
        </message>
        <message>
            <source>护照</source>
            <translation>Passport</translation>
        </message>
        <message>
            <source>收到的检查</source>
            <translation>received study</translation>
        </message>
        <message>
            <source>新生儿可以填出生医学证明的编号。</source>
            <translation>For a newborn: the number of the birth certificate.</translation>
        </message>
        <message>
            <source>检查记录</source>
            <translation>Exam record</translation>
        </message>
        <message>
            <source>武装警察身份证件</source>
            <translation>Armed police identity certificate</translation>
        </message>
        <message>
            <source>港澳居民来往内地通行证</source>
            <translation>Mainland travel permit, Hong Kong and Macao</translation>
        </message>
        <message>
            <source>现在可以不填，调阅时要有</source>
            <translation>Not needed now, but for viewing</translation>
        </message>
        <message>
            <source>男</source>
            <translation>M</translation>
        </message>
        <message>
            <source>登记过</source>
            <translation>entered before</translation>
        </message>
        <message>
            <source>社会保障卡</source>
            <translation>Social security card</translation>
        </message>
        <message>
            <source>第 18 位不对，请核对最后几位</source>
            <translation>Check digit does not match; check the last digits</translation>
        </message>
        <message>
            <source>证件号</source>
            <translation>Certificate number</translation>
        </message>
        <message>
            <source>请填{label}</source>
            <translation>{label}: please fill in</translation>
        </message>
        <message>
            <source>身份证号要 18 位；是别的证件请改证件类型</source>
            <translation>18 characters; for another certificate change its kind</translation>
        </message>
        <message>
            <source>还没有身份证的孩子，填户口簿上的号码。</source>
            <translation>For a child without identity card: the number in the household register.</translation>
        </message>
        <message>
            <source>驾驶证</source>
            <translation>Driving licence</translation>
        </message>
    </context>
    <context>
        <name>WindowPresets</name>
        <message>
            <source>纵隔窗</source>
            <translation>Mediastinum</translation>
        </message>
        <message>
            <source>肝窗</source>
            <translation>Liver</translation>
        </message>
        <message>
            <source>肺窗</source>
            <translation>Lung</translation>
        </message>
        <message>
            <source>脊柱窗</source>
            <translation>Spine</translation>
        </message>
        <message>
            <source>脑窗</source>
            <translation>Brain</translation>
        </message>
        <message>
            <source>腹窗</source>
            <translation>Abdomen</translation>
        </message>
        <message>
            <source>血管窗</source>
            <translation>Vessels</translation>
        </message>
        <message>
            <source>颞骨窗</source>
            <translation>Temporal bone</translation>
        </message>
        <message>
            <source>骨窗</source>
            <translation>Bone</translation>
        </message>
    </context>
    <context>
        <name>WithdrawDialog</name>
        <message>
            <source>不撤回</source>
            <translation>Keep it</translation>
        </message>
        <message>
            <source>原因</source>
            <translation>Cause</translation>
        </message>
        <message>
            <source>可以不填；写给以后查的人看。</source>
            <translation>Optional; for whoever looks it up later.</translation>
        </message>
        <message>
            <source>平台没有撤回的接口：这里记下撤回，平台那边不会自动取消。</source>
            <translation>The platform has no call for withdrawals: it is recorded here, and not cancelled there.</translation>
        </message>
        <message>
            <source>撤回 {person} 的授权？</source>
            <translation>Withdraw the authorization of {person}?</translation>
        </message>
        <message>
            <source>撤回授权</source>
            <translation>Withdraw</translation>
        </message>
        <message>
            <source>还没有发给平台的，不再发；登记的内容留在记录里。</source>
            <translation>What was not sent will not be sent; the entry stays on record.</translation>
        </message>
    </context>
    <context>
        <name>_ArrivalStrip</name>
        <message>
            <source>显示</source>
            <translation>Show</translation>
        </message>
        <message>
            <source>有 {count} {unit}新的</source>
            <translation>{count} new {unit}</translation>
        </message>
    </context>
    <context>
        <name>_ChangesLine</name>
        <message numerus="yes">
            <source>{n} 组有变化</source>
            <translation>
                <numerusform>{n} group changed</numerusform>
                <numerusform>{n} groups changed</numerusform>
            </translation>
        </message>
        <message>
            <source>刷新</source>
            <translation>Refresh</translation>
        </message>
    </context>
    <context>
        <name>_ChoiceDelegate</name>
        <message>
            <source>照原文</source>
            <translation>as printed</translation>
        </message>
    </context>
    <context>
        <name>_Comparison</name>
        <message>
            <source>不同</source>
            <translation>Different</translation>
        </message>
        <message>
            <source>出生日期</source>
            <translation>Birth date</translation>
        </message>
        <message>
            <source>图像里写的</source>
            <translation>In the images</translation>
        </message>
        <message>
            <source>姓名</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>性别</source>
            <translation>Sex</translation>
        </message>
        <message>
            <source>患者号</source>
            <translation>Patient number</translation>
        </message>
        <message>
            <source>时间</source>
            <translation>Time</translation>
        </message>
        <message>
            <source>检查</source>
            <translation>Exam</translation>
        </message>
        <message>
            <source>检查号</source>
            <translation>Accession</translation>
        </message>
        <message>
            <source>没法比</source>
            <translation>Cannot compare</translation>
        </message>
        <message>
            <source>相同</source>
            <translation>Same</translation>
        </message>
        <message>
            <source>记录里写的</source>
            <translation>In the record</translation>
        </message>
    </context>
    <context>
        <name>_Dot</name>
        <message>
            <source>改过，还没保存</source>
            <translation>Changed, not saved</translation>
        </message>
    </context>
    <context>
        <name>_Entry</name>
        <message>
            <source>改过，还没保存</source>
            <translation>Changed, not saved</translation>
        </message>
    </context>
    <context>
        <name>_Head</name>
        <message>
            <source>收起</source>
            <translation>Collapse</translation>
        </message>
    </context>
    <context>
        <name>_LockCover</name>
        <message>
            <source>窗口锁着</source>
            <translation>The window is locked</translation>
        </message>
    </context>
    <context>
        <name>_OperatorLine</name>
        <message>
            <source>HIS 用户代码（hisUserCode）</source>
            <translation>HIS user (hisUserCode)</translation>
        </message>
        <message>
            <source>HIS 科室代码（hisDeptCode）</source>
            <translation>HIS department (hisDeptCode)</translation>
        </message>
        <message>
            <source>不填时按设置</source>
            <translation>Empty: as the settings say</translation>
        </message>
        <message>
            <source>停用</source>
            <translation>Take out of use</translation>
        </message>
        <message>
            <source>先加一个信息科的名字</source>
            <translation>Add a name for IT first</translation>
        </message>
        <message>
            <source>启用</source>
            <translation>Use again</translation>
        </message>
        <message>
            <source>存代码</source>
            <translation>Save codes</translation>
        </message>
        <message>
            <source>角色</source>
            <translation>Role</translation>
        </message>
        <message>
            <source>设 PIN…</source>
            <translation>Set PIN…</translation>
        </message>
    </context>
    <context>
        <name>_OrderRow</name>
        <message>
            <source>医嘱号</source>
            <translation>Order number</translation>
        </message>
        <message>
            <source>去掉这条医嘱</source>
            <translation>Remove this order</translation>
        </message>
        <message>
            <source>检查</source>
            <translation>Studies</translation>
        </message>
        <message>
            <source>检查还是检验</source>
            <translation>Examination or laboratory</translation>
        </message>
        <message>
            <source>检验</source>
            <translation>Laboratory</translation>
        </message>
        <message>
            <source>项目代码</source>
            <translation>Item codes</translation>
        </message>
        <message>
            <source>项目代码，几个用逗号隔开</source>
            <translation>Item codes, separated by commas</translation>
        </message>
    </context>
    <context>
        <name>_Person</name>
        <message>
            <source>全部遮住，Ctrl+Shift+H</source>
            <translation>Hide everything, Ctrl+Shift+H</translation>
        </message>
        <message>
            <source>取消全部遮住，Ctrl+Shift+H</source>
            <translation>Stop hiding everything, Ctrl+Shift+H</translation>
        </message>
    </context>
    <context>
        <name>_SearchField</name>
        <message>
            <source>查患者 / 检查号</source>
            <translation>Find a patient</translation>
        </message>
        <message>
            <source>查患者或检查号，Ctrl+K</source>
            <translation>Find a patient or accession, Ctrl+K</translation>
        </message>
    </context>
</TS>
