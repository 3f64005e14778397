<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
    <context>
        <name />
        <message>
            <source>6 位；记录里都有就不用填</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>AE、端口、何时算收齐</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>DICOM 推送（2.3）</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>HTTP 上传（2.2）</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>infCode，最长 30 位</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 份检查在等这些代码，导入后马上重新核对。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 条的代码少了开头的 0（表格软件会去掉），已经补上。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>上传和重试</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>下次打开程序时生效。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不传，等人处理</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不发</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不导入：{what}。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>五段</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>交易机构编号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>代码集</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>以 http:// 或 https:// 开头，不带空格、? 和 #。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>何时算收齐</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>保存并测试</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>保存编号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>信息科</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>允许</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>先拒绝，等人确认</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>先用占位内容</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>全部</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>六段</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>关于</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>删除这条对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>医保前置机的地址，写到 /mie/api/mie 为止</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>医保区划代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>医院名称</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>医院名称、启用的平台</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>医院和平台</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>医院的写法</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>医院的写法、代码、名称</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>医院等级</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>医院编号和密钥</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>发 0</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>发空字符串</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>同时连的太多，设备会自己再试</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>名称</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>和记录里写的一模一样，例如 头颅CT</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>图像怎么传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>图像（幅）</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>在等（份）</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>地址、编号、密钥</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>填 1 到 16 个英文字母、数字或符号，不要反斜杠。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>填 12 位字母或数字，或者不填。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>填 18 位数字或大写字母，或者不填。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>填 6 位数字，或者不填。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>填 {low} 到 {high} 之间的数。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>填 {low} 到 {high} 之间的整数。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>填一个数字或大写字母，或者不填。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>填了平台地址就启用</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>填医保局下发的地址和密钥，点“保存并测试”。测试只问平台在不在，不会发送任何患者数据。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>外观</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>失败以后</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>字符集</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>存储</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>密钥</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>对方中断</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>封好存在本机，不写进配置文件，也不再显示</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已拒绝</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已结束</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台地址</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台地址和密钥</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台没有给时间，没有可比的</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台的代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>并行、间隔、次数</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>序号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>开始</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>开着</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>把下面几样填进 CT、MR、DX 或 PACS 的“DICOM 目的地”。第一幅图像或 C-ECHO 到了，这里会自己打勾。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>投递文件夹、报告来源</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>报文 ID 前缀</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>报文细节（平台要求时再改）</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>拒绝</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>拒绝过 {n} 次</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>按设置</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>换个写法试试，可以用拼音首字母。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>接受</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>接收</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>接收和上传没有运行</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>改 AE 或端口</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>断线</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>新增 {added} 条，改 {changed} 条；{same} 条和现在一样，不动。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>显示在左上角，也写进记录</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>最近图像</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>最近活动</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>最长 30 位。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>本机</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>本机时钟比平台上次应答还早</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>条</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>查不到</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>标准没有印这张代码表（G042），按平台给的填，填完按 Enter。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>每行一个，写成 US = 300。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有打开</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有找到</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>浅色</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>测试本机接收</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>浏览全部</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>深浅色</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>深浅色、语言、行距</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>深色</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>照原文</source>
            <translation>as printed</translation>
        </message>
        <message>
            <source>照原文，位数不对</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>版本、自检</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>状态</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>现在不填也行：图像先收着，连上后自动补传。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>用审核日期</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>用报告日期</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>用检查号作报告编号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>登记员</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>登记员：行距宽，话说得明白。信息科：行距紧，多显示 AE、代码和平台原话；列和原话下次打开程序时齐全。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>省份和机构编号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>真实代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>磁盘保留、缩略图</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>空格</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>端口被别的程序占用</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等报告</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等结算</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>索引码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>编号不是 12 位时，要填平台给的 12 位前缀</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>编码、名称或拼音首字母</source>
            <translation>Code, name or pinyin initials</translation>
        </message>
        <message>
            <source>缺字符集时按</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>表里没有的对照都留着。导入后可以撤销。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>被拒绝</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>让设备把图像发到这里</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>记录和报告</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>记录里没有时</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>记录里都有就不用填</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>设备</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>设备和连接</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>设备里填的被叫 AE 是 {called}，要改成本机的</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>语言</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>谁在用</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>谁连着、谁被拒绝</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>贵州医保影像云</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>跟随系统</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>跟随系统时，Windows 换深色，这里也换。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没保存</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有允许这台设备，在下面选它可以允许</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有启用平台</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有图像</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>这一版接贵州医保影像云。编号填平台给的。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>这个值不能用。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>这台设备</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>连接</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>连着</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>选一个代码…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>选一行写法</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>选了马上生效，不用保存。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>选好以后，在这里给它挑平台的代码。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>都不启用</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>项</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>AboutSection</name>
        <message>
            <source>Apache-2.0 许可证。所用的开源部件各按自己的许可证，列在程序文件夹里。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 项都好</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 项里有 {bad} 项要看</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>上次启动：找回接收 {receives}、发送 {sends}，丢失 {lost}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>互认前置台 {version}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>打开数据文件夹</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>接收和上传：正在运行，{at} 启动，版本 {version}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>接收和上传：没有运行</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>数据</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在自检…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>看数据库、磁盘、端口、平台、密钥和时钟，每一项只说查到的。不会发送任何患者数据。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>程序</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>自检</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>贵州标准 V{version}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>AppearanceSection</name>
        <message>
            <source>没有存下来：{why}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>AssignDialog</name>
        <message>
            <source>不指定</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>两边的人不像同一个，请再核对。指定错了，图像会传到别人名下。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>先在左边选一条记录</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>先按检查号、姓名和患者号找；没有时自己查。指定后马上校验、排队上传。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>可能的记录</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>姓名、拼音、检查号、患者号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>指定这条记录</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>显示姓名</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有找到记录。记录导入后，同检查号的会自己对上；也可以换个词查。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>这些图像属于哪条检查记录？</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>这条记录已有 {n} 份图像，这一份会加进去。</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台不认可密钥或机构编号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台收下了</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台退回</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没成，会再试</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>结果来得太晚，记下不用</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>CodePicker</name>
        <message>
            <source>↑↓ 选择   Enter 用它   Esc 关闭</source>
            <translation>↑↓ choose   Enter take it   Esc close</translation>
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
            <translation>Nothing found for “{text}”; try another spelling</translation>
        </message>
        <message>
            <source>编码、名称或拼音首字母</source>
            <translation>Code, name or pinyin initials</translation>
        </message>
    </context>
    <context>
        <name>CodeSetBrowser</name>
        <message>
            <source>标准里印的 {n} 项，照原文，只能看不能改。</source>
            <translation type="unfinished" />
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
            <source>不停止</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>互认前置台</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>信息科</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>停止以后，设备发来的图像会被拒绝，直到再次启动。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>停止并退出</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>停止接收和上传，并退出？</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>只关窗口的话，接收和上传会在后台继续。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>只退出窗口，继续接收</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>字典对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>总览</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>数据</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>登记员</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>系统</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>设置</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>运行日志</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有填医院名称</source>
            <translation type="unfinished" />
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
        <name>DeliveryLines</name>
        <message>
            <source>{done}/{total} 幅</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{time} 重试</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不用传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>内容有变</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>图像</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已取消</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>报告</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>排队</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>核算校验码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查记录</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等前一项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等图像</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等报告</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等收齐</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等结算</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>DevicePolicy</name>
        <message>
            <source>{device} 按设置</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{device} 的姓名以后按新的字符集读</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>以后允许 {device}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>以后拒绝 {device}，正在发的会发完</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>DevicesSection</name>
        <message>
            <source>{n} 次，最近 {at}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>个</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>台</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>图像不论哪一种都收；这里是设备提出、本机不提供的服务，多半不影响发图像。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>在 CT、MR、DX 或 PACS 的“DICOM 目的地”里填这几样。有几个地址时，用和设备同一个网段的那个。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>在设备里填好上面几样，发一幅或点设备上的“测试”（C-ECHO），这里马上会出现。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>最近 30 天</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在发的在最上面</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有接受的种类</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>被拒绝过的在最上面，选一台可以改</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>认识的设备</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>设备里这样填</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有认识的设备</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有设备连过来</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>连接</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>连过来一次的设备会记在这里，被拒绝的也会。</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>{window} {total} 份，已确认 {confirmed} 份</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{window}还没有收到检查</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>一共</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>到设置里测试接收</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>在 CT、MR、DX 或 PACS 里新建一个 DICOM 目的地：
AE 名称 {ae}，地址 {address}，端口 {port}。
第一幅图像到了，这里会自己出现；记录没有也先收下。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>本机的 IP 地址</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有未完成的检查</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有符合筛选的检查</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>清除筛选</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>看全部</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>看已确认的</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>看近 7 天</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>筛选：{parts}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>设备一发来图像，这里会自己出现</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有收到检查</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>FirstRunSteps</name>
        <message>
            <source>以后再说</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>图像收下就先落盘，断电、断网都不会丢。三步做完就开始上传，先做哪一步都行。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>在另一个窗口里，用编造的患者和本机的模拟平台走一遍全程。试用数据永远不会发给真平台。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>开始演练</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在听</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>演练在另一个窗口里打开，不碰真平台</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>用模拟平台演练</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>FixCauses</name>
        <message>
            <source>{n} 组有变化·刷新</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>修好的会自动重新校验并上传，不用再点。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>原因</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>FixCodePanel</name>
        <message>
            <source>{n} 份检查在等</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>位数不对</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>保存并放行 {n} 份</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>先选一个平台代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>医院的写法</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>只改眼前这一份</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>只改眼前这一份 {number}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>只改这 1 份并放行</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>字典 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>字段 {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台的代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>标准没有印这张代码表，按平台给的填</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在保存</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>照原文</source>
            <translation>as printed</translation>
        </message>
        <message>
            <source>记进字典对照，{n} 份一起修</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没保存</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>这样修</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>选一个平台代码（输入编码、名称或拼音首字母）</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>选好后记住，以后不再问</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>FixEvidence</name>
        <message>
            <source>{source} 第 {row} 行</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>先选一份检查</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>另有 {n} 份，修好前面的会接着显示</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>对照着看</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查 {n}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查描述</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有检查号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>申请项目</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>看这份检查</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>记录来自</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>设备</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还有 {n} 份…</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>FixPanel</name>
        <message>
            <source>第 {n} 组，共 {total} 组</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>FixWords</name>
        <message>
            <source>{label}“{value}”没有对应代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不能收作图像的对象：{why}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>个</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>份</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>信息科</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台原话</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台没有说原因</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台退回：{words}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>有图像，没找到检查记录</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>有记录，没收到图像</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有收下的行：{why}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>登记员</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>登记员：照平台的话改内容，再传也不会成功</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>登记员：看设备有没有发送</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>登记员：等 RIS 导入，或指定是哪条记录</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>登记员：选一个代码，一次修好 {n} 份</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>程序</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>行</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>逐份补填；很多都缺时请信息科看数据来源</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>填 12 位字母或数字。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>填 6 位数字，或者不填。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>最长 30 位。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在保存…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有保存：{why}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>这个值不能用。</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>HospitalStep</name>
        <message>
            <source>不填</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>这一项要填</source>
            <translation type="unfinished" />
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
        <name>Lane</name>
        <message>
            <source>上传中</source>
            <translation>Uploading</translation>
        </message>
        <message>
            <source>不用传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>失败</source>
            <translation>Failed</translation>
        </message>
        <message>
            <source>已取消</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>等报告</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等结算</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>缺图像</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>缺记录</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还在接收</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>重试中</source>
            <translation>Retrying</translation>
        </message>
    </context>
    <context>
        <name>LedgerColumns</name>
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
        <name>LiveStatus</name>
        <message>
            <source> · {at} 再试</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> · {n} 台在发</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name}不应答（{why}），程序会自己再试，不计重试次数。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{what}，程序每 5 秒再试一次。请信息科看。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>上传队列，失败 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>上次启动：</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不应答</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>剩 {size}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>后台的接收和上传是 {old} 版，窗口是 {new} 版。请重新启动后台。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>字典对照，缺 {n} 个代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已暂停</source>
            <translation>Paused</translation>
        </message>
        <message>
            <source>待处理，{n} 份</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>打开设置</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>找回接收 {receives}、发送 {sends}，丢失 {lost}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>接收</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>接收和上传已重新启动</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>接收和上传没有运行，图像现在收不进来。请重新启动。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正常 · {ms} ms</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>看队列</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>磁盘</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>磁盘只剩 {size}，已暂停接收；清出空间后自动恢复。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>重新启动</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>LogPage</name>
        <message>
            <source>事件</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>保留 30 天 · 不含患者信息</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>先选一条和检查有关的</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>全部</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>出错</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>发生了什么</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>接收、上传和人的操作都会记在这里</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>时间</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>条</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>注意</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>消息</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>看这份检查</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>程序做了什么、平台说了什么、谁做了什么。选一条，按“看这份检查”就到那份检查。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>级别</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>运行日志</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有记下什么</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MappingEditor</name>
        <message>
            <source>{n} 份检查在等这个代码，保存后马上重新核对。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{value} → 平台代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不用</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>位数不对</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>先填医院的写法</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>写法和代码都填好，再点右上角保存。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台的代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>新增对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>标准里 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>现在是 {code}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>现在没有代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>现在没有检查只等它；图像到齐后会自己核对。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>看这 {n} 份</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没保存。点右上角保存，或者按 Ctrl Enter。</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MappingPage</name>
        <message>
            <source>{n} 个写法没有代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{title}，缺 {n}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>代码集</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>保存 {count} 条对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>保存 {count} 条并放行 {n} 份</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>保存对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>保存并放行 {n} 份</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>先选一行，再挑一个代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>字典对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>字典对照里有 {n} 条还没保存，都留着，回来可以接着改</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导入对照…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导出对照…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>左边选代码集，中间选一个医院的写法，右边给它挑平台的代码，然后保存。保存后，等这个代码的检查马上重新核对，没有别的问题的就开始上传。代码可以按编码、名称、拼音或首字母找。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已对照 {n} 条</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>收到的写法都有代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>新增对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在保存…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>浏览标准代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>贵州 V{version}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MappingSaving</name>
        <message>
            <source>{first}，{then}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{first}；{then}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 份已经开始上传，不收回</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 份开始上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 份等报告、结算或图像</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 份还有别的问题</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>保存了 {n} 条对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>删了 {n} 条对照，已经传的不受影响</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导入了 {n} 条</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>撤销了 {n} 条对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>放行了 {n} 份：{parts}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MappingTable</name>
        <message>
            <source>换个写法试试，或者清除筛选。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>收到新写法时，会排在这里等人选代码。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>收到标准里没有的写法时，会自己列在这里；也可以先加好。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>新增对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有符合筛选的对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有缺代码的写法</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>清除筛选</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>这个代码集还没有对照</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MappingTransfer</name>
        <message>
            <source>CSV 表格 (*.csv)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 条没有填代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 条的代码标准里没有（第 {lines} 行）</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 条的代码集或写法不对（第 {lines} 行）</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不导入</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>和现在的一样</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导入 {n} 条</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导入 {n} 条对照？</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导入对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导出了 {n} 条。没有代码的也在里面，填好“标准代码”可以再导入。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导出对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有要导入的：{why}</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>昨天 {time}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>OverviewPage</name>
        <message>
            <source>{month}月{day}日 {weekday} {time} · 今天 00:00 起 · 每秒更新</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>─ 已确认</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>┄ 收到</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>上传中和排队</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不用传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>去处理</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>去对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>周一 周二 周三 周四 周五 周六 周日</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>处理这 {n} 份</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>失败</source>
            <translation>Failed</translation>
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>按影响的份数排</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>暂时读不出数据，程序会再试。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>最近 6 小时</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>有问题的检查会列在这里</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>每 10 分钟的检查份数</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有检查在等人处理</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有要处理的</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>登记员可做</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>程序会处理</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等人处理</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等平台</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>缺记录或缺图像</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>请信息科</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还在接收</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>这一页回答“一切正常吗”。横条里是今天的每一份检查，数字都能点，点了就看到它数的那些。右边是等人处理的原因，影响最多的在最上面。</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>OverviewTiles</name>
        <message>
            <source> · 拒绝过 {n} 次</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{at} 再试一次</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 台设备正在发送</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{who} 暂停了上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不应答</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>剩 {size}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>在上传队列里继续</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>少于 {n} MB 时停止接收</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>应答 {ms} ms</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>快满了</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>接收</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>最近一次 {at}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>有问题</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正常</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>磁盘</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>程序会自己再试</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>端口 {port}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有上传过</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有数</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>只列最新的 {n} 份；再多打几个字会更准。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>姓名、拼音、首字母、检查号、患者号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>打几个字就开始找；所有日期都找，最新的在前。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有找到。可以试试检查号，或姓名的首字母，如 ouyn。</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PictureViewer</name>
        <message>
            <source>不可用于诊断</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>小样，不是原图   ← → 换一幅   Esc 返回</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>看图，不可用于诊断</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>第 {at} 幅，共 {total} 幅</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PlatformStep</name>
        <message>
            <source>地址能连通（不等于能上传），{ms} ms</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在测试…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>这一项要填</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>下次</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>内容</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>原因</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台原文 / 原因</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>患者</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>患者 / 检查号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>次数</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>状态</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>QueueDrawer</name>
        <message>
            <source>{who} 暂停了它</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不用传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不用操作，平台恢复后程序接着传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不用操作，正在上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不用操作，程序 {time} 重试</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不用操作，轮到就上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>再传也不会成功，要先改内容</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>原始应答</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>去改</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>取消这一项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>取消这一项…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已取消，图像和记录都留在本机</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台原文</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台已确认</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>改好自动上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>显示姓名</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>暂停这一项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>每一幅都等平台应答</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>每次请求</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有成功，程序不再自己重试</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>看这份检查</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>继续</source>
            <translation>Go on</translation>
        </message>
        <message>
            <source>继续以后接着传，已传的不重传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>要先改内容，再传也不会成功</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有发过</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>重试就接着传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>重试这一项</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>QueueExport</name>
        <message>
            <source>上传队列</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>下次</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>内容</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>原因</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>图像共</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>图像已确认</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>姓名</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导出上传队列</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导出到 {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导出已停下，没有留下文件</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已导出 {n} 项到 {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台原文</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>次数</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>状态</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>进队列</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>QueueFilter</name>
        <message>
            <source>不归组</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>全部</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>原因</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>只看：{title}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>回到按原因归组</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>在此列表中筛选</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>归组</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>QueueGroupTable</name>
        <message>
            <source>全不选</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>全选这 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还有 {n} 项…</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>QueueOperator</name>
        <message>
            <source>{n} 项属于 {exams} 份检查：{kinds}。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{what} {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不取消</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>其中 {n} 项正在上传，当前这一幅传完就停。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>取消 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>取消 {n} 项上传？</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>图像和记录都留在本机，以后还能再传；平台已收到的不会删除。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已取消 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已恢复 {n} 项，接着传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已恢复上传，接着传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已暂停 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已暂停全部上传；正在传的传完这一幅就停</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已继续 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已重试：{now} 项开始上传、{queued} 项排队、{skipped} 项跳过</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>恢复 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>暂停 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有做完：{why}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>看这 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>约 {n} 秒</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>继续 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>重试 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>，{skipped} 项不用动</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>；停下了，其余 {rest} 项没动</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>QueuePage</name>
        <message>
            <source>上一件还在做</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>上传队列</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导出…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>恢复全部</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>新的检查收齐、对上记录以后，会自己进来</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>暂停全部</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>暂停或恢复 {platform}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没传完的 {n} 项 · 今天已确认 {done} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没传完的按原因归组，最多的在上面。重试中的程序会自己再试，一般不用管。勾选以后，上面一行会先说多半能成几项，再按“重试”。Enter 打开一项，看每次请求和平台的原话。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没传完的都不在这个筛选里</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有符合筛选的</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有要传的</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>清除筛选</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有填平台地址</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>都传完了，今天已确认 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>项</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>QueueProgress</name>
        <message>
            <source>共 {n} 幅</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>发出、没有确认 {n} 幅</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已确认 {n} 幅</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没发 {n} 幅</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>QueueSelection</name>
        <message>
            <source>{n} 项不用重试</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 项多半能成</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 项暂停着，要先继续</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 项要信息科先处理</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 项要先改内容</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 项要等平台恢复</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>先勾选要重试的</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>再传也不会成功，要先改内容</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>取消 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>取消 {n} 项…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已选 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已选全部 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>暂停 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在看能成几项…</source>
            <translation>Working out how many will pass…</translation>
        </message>
        <message>
            <source>继续 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>选中的不用重试，程序会自己传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>选中的暂停着，先继续</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>选中的都已经结束，没有可以取消的</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>选中的都已经结束，没有可以暂停的</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>重试选中的</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>重试选中的 {n} 项</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>QueueWords</name>
        <message>
            <source>{n} 项同时在传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{who} {time} 暂停</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{who} 暂停了全部上传，恢复后接着传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>上传中</source>
            <translation>Uploading</translation>
        </message>
        <message>
            <source>上传中 {n} %</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>上传以后内容变了</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>上次没成</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不用传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>今天已确认</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>信息科</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>内容有变</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>内容要先改</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>再传也不会成功；请登记员到待处理里改，改好自动上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>去改这 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>图像</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>图像和记录都留在本机；选中后重试就接着传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>失败</source>
            <translation>Failed</translation>
        </message>
        <message>
            <source>已取消</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已暂停</source>
            <translation>Paused</translation>
        </message>
        <message>
            <source>已暂停 {who}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已确认</source>
            <translation>Confirmed</translation>
        </message>
        <message>
            <source>平台</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台恢复后程序自己接着传，不计重试次数</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>待处理</source>
            <translation>Needs fix</translation>
        </message>
        <message>
            <source>报告</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>报告写好后，程序自己上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>排队</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>排队，全部上传已暂停</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>排队，等前面的传完</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>排队，等平台恢复</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>收齐后程序自己上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>最早的 {time} 进队列</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查记录</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在停</source>
            <translation>Stopping</translation>
        </message>
        <message>
            <source>正在算图像的校验码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>登记员</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>看这 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>程序</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>程序会自己重试，最早 {time}，不用操作</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>程序马上会自己重试，不用操作</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>第 {n} 次</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等前一项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等图像</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等图像：有记录，没收到图像</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等平台恢复</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等待</source>
            <translation>Waiting</translation>
        </message>
        <message>
            <source>等报告</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等收齐</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等检查记录先被接收</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等结算</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等结算数据</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>算完程序自己上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>算校验码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>结算数据到了，程序自己上传；一直不到时请收费处看</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>继续 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>继续以后接着传，已传的不重传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>记录 → 图像 → 报告，按顺序，程序自己接着传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>请信息科决定：发更正，或保留平台上的</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>请登记员看设备有没有发送；收到后程序自己上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还在接收图像</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ReceiverStep</name>
        <message>
            <source>{device} 在 {at} 第一次连过来，至今 {n} 幅图像。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>接收没有运行，图像现在收不进来。请信息科看。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>收不到？多半是防火墙。设备试过却被拒绝时，这里会说。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>有 {n} 次连接被拒绝，原因看“设置”里的“设备和连接”。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>本机应答 C-ECHO，{ms} ms</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在听。还没有设备连过来。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在测试…</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RecentStudies</name>
        <message>
            <source>全部检查</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>最近的检查</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>设备发来图像后，最近的会列在这里</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有收到检查</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RestartStrip</name>
        <message>
            <source>再试一次</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>图像现在可能收不进来。请再试一次；还不行请看运行日志。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>接收已重新启动，端口 {port}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>接收没有重新启动</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>有 {n} 项要重新启动接收才生效</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在收的会中断，设备会自己重发；已经收下的图像不受影响。大约 10 秒。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在重新启动接收，大约 10 秒</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>重新启动接收</source>
            <translation type="unfinished" />
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
        <name>SettingsDrafts</name>
        <message>
            <source>保存了 {n} 项设置</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已恢复原来的 {n} 项设置</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>按新设置重新核对，放行了 {n} 份</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有保存：{why}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SettingsForm</name>
        <message>
            <source>原来是 {value}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>原来没有填</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>封好存在本机，不写进配置文件，也不再显示。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>改过</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>机构编号不是 12 位，这里要填平台给的 12 位前缀，否则不能上传。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在测试…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>测试接收（C-ECHO）</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>测试连接</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>保存</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>保存 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>左边选一类，右边改。改过的地方有蓝点，点右上角“保存”才生效；离开这一页，改动会留着。测试按钮只说它查到的：地址能连通，不等于能上传。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>找设置项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>改动 {n} 处，还没保存</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>放弃改动</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在保存…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有找到，换个词试试。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有改动</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>演练在另一个窗口里打开，不碰真平台</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>设置</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>设置里有 {n} 处改动还没保存，都留着，回来可以接着改</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>都已保存</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SettingsSide</name>
        <message>
            <source>{at} 应答过</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>去字典对照</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>向平台要，填在“密钥”里</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>图像先收着，不上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>在本机的模拟平台上走一遍 2.1 → 2.2 → 2.4，不碰真平台，也不算进统计。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>密钥已存好</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>对不对要上传一份才知道</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>对照都有了</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台应答过</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>平台还没有应答过</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>开始演练</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>接收没有运行</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>收到的写法都有代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>有 {n} 个写法没有代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在听</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有填密钥</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有填平台地址</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>演练一份</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>点“测试连接”看看</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>现在能传了吗</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>登记员可以在字典对照里补</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>端口 {port}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SettingsTests</name>
        <message>
            <source>先保存这里的改动，再测试</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>地址能连通（不等于能上传），{ms} ms · {at}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>本机应答 C-ECHO，{ms} ms · {at}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有测成</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SettingsWords</name>
        <message>
            <source>每行一个主机名或地址</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>每行一个文件夹</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StartFailedDialog</name>
        <message>
            <source>互认前置台</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没做</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StudiesExport</name>
        <message>
            <source>发送设备</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>姓名</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导出到 {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导出已停下，没有留下文件</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导出检查列表</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已发</source>
            <translation>Sent</translation>
        </message>
        <message>
            <source>已导出 {n} 份到 {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已确认</source>
            <translation>Confirmed</translation>
        </message>
        <message>
            <source>年龄</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>应有</source>
            <translation>Expected</translation>
        </message>
        <message>
            <source>性别</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>收到</source>
            <translation>Received</translation>
        </message>
        <message>
            <source>收到时间</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查 UID</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>状态</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>要上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>设备类型</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>说明</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StudiesFilter</name>
        <message>
            <source>“{text}”</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>上传中和排队</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不用传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>今天</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>全部</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>失败</source>
            <translation>Failed</translation>
        </message>
        <message>
            <source>姓名、拼音、检查号</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>昨天</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>未完成</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>缺记录或图像</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>设备</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>近 30 天</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>近 7 天</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还在接收</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StudiesPage</name>
        <message>
            <source>{window} {total} 份</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>下一步</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>份</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>先在列表里打开一份检查</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>全部</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>列表是空的，没有可导出的</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>导出…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>按筛选显示 {n} 份</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在处理</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>每份收到的检查一行：状态、患者、检查、图像走到哪一步。回车打开，上下键换一份，Esc 关上。四条小格是应有、收到、已发、已确认；全绿才是都确认了。按检查号、姓名、拼音或首字母都能找。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>这份检查已不在列表里</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StudyActions</name>
        <message>
            <source>{n} 项继续上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 项重新排队、{skipped} 项跳过</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不取消</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>取消 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>取消这份检查的 {n} 项上传？</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>图像和记录都留在本机，以后还能再传；平台已收到的不会删除。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>地址能连通（不等于能上传），恢复后程序会自动接着传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已取消 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已指定记录，正在校验</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已按收齐处理；之后再来的图像会补传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已撤销 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已暂停 {n} 项</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查号已复制</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在传的，当前这一幅传完就停。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有可以取消的上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还是连不上</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StudyColumns</name>
        <message>
            <source>Study UID</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>发送 AE</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>图像：确认 / 应有</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>患者</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>患者 / 检查号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>收到</source>
            <translation>Received</translation>
        </message>
        <message>
            <source>检查</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>状态</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StudyDrawer</name>
        <message>
            <source>上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>原始应答</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>发送 AE</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>取消上传…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>另有 {n} 处，到待处理里看</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>另有 {n} 幅按设置不上传，留在本机</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>复制检查号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>字符集</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>指定记录…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>显示姓名</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>暂停上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查 UID</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>经过</source>
            <translation>History</translation>
        </message>
        <message>
            <source>继续上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>编号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>要改的地方</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没有发过</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>遮住</source>
            <translation>Hide</translation>
        </message>
        <message>
            <source>马上重试</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StudyPictures</name>
        <message>
            <source>{n} 幅</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不能显示
已原样上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>不能显示
已原样收下</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>序列 {n}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>打开看图</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>正在生成</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有图像</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有小样
设置里关了</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>还没生成</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StudyTimeline</name>
        <message>
            <source>{title}（{n} 次）</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StudyWords</name>
        <message>
            <source>PACS 报的数</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{label}缺代码</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 个月</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 周</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 天</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} 岁</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>上传中 {n} %</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>人工确认</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>内容有变</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>周一</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>周三</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>周二</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>周五</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>周六</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>周四</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>周日</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>女</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>姓名未知</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已收 {n}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已暂停 {who}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>已确认 {n} 幅</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>应有未知</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>报告还没写</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>按设置不上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>昨天</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>最近一幅 {time}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>有记录，没收到图像</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>每幅都有应答</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没找到检查记录</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>男</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>留在本机，不再上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>等平台确认</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>结算数据还没到</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>继续后接着传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>缺 {n} 幅</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>记录里写的</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>轮到就上传</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>重试中 第 {n} 次</source>
            <translation type="unfinished" />
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
        <name>Tray</name>
        <message>
            <source>打开窗口</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>有 {n} 份检查等人处理。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>窗口关上了，接收和上传继续在后台运行。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>退出…</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>TypeIn</name>
        <message>
            <source>AE 名称</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>地址</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没有接上网络</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>端口</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>WelcomePage</name>
        <message>
            <source>三步做完就能上传，先做哪一步都行。每一步看到事实才打勾，不用点“完成”。</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>三步都好了</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>做完 {done} 步，还有 {left} 步</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>去总览</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>开始使用</source>
            <translation type="unfinished" />
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
        <message>
            <source>{n} 组有变化</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>刷新</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>出生日期</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>图像里写的</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>姓名</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>性别</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>患者号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>时间</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>检查号</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>没法比</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>相同</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>记录里写的</source>
            <translation type="unfinished" />
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
