<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
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
        <name>ConfirmDialog</name>
        <message>
            <source>请输入 {text}，确认是它</source>
            <translation>Type {text} to confirm it is the one</translation>
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
        <name>FormField</name>
        <message>
            <source>必填</source>
            <translation>required</translation>
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
        <name>PageHeader</name>
        <message>
            <source>更多</source>
            <translation>More</translation>
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
        <name>_ChoiceDelegate</name>
        <message>
            <source>照原文</source>
            <translation>as printed</translation>
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
