//! Small .docx files, one for each trap.
#![expect(clippy::panic, reason = "a test fails by a panic")]

mod word_support;

use chidu::document::{Block, Style};
use word_support::{Docx, definition, instance, item, lvl, p, pp, r, tbl, tc, tr};

/// 一、 （一） 1. as most notices count.
fn three() -> String {
    let levels = [
        lvl(0, "chineseCounting", "%1、", r#"<w:suff w:val="nothing"/>"#),
        lvl(1, "chineseCounting", "（%2）", ""),
        lvl(2, "decimal", "%3.", ""),
    ];
    definition(0, &levels.concat()) + &instance(1, 0, "")
}

#[test]
fn numbers_in_paragraphs_and_cells() {
    let cell = |content: &str| tc("", content);
    let body = [
        item(1, 0, "总则"),
        item(1, 1, "范围"),
        item(1, 2, "扣分"),
        item(1, 0, "考核"),
        item(1, 1, "内容"),
        tbl(&[
            tr(&[cell(&item(2, 0, "")), cell(&p("甲"))]),
            tr(&[cell(&item(2, 0, "")), cell(&p("乙"))]),
        ]),
        item(0, 0, "无编号"),
        item(9, 0, "未定义"),
    ];
    let lists = three().replace(
        "</w:abstractNum>",
        &format!("</w:abstractNum>{}", definition(1, &lvl(0, "decimal", "%1", ""))),
    ) + &instance(2, 1, "");
    let lines = Docx::new(body.concat()).with("numbering", lists).lines();
    let expected = [
        "[一、]总则",
        "[（一）]范围",
        "[1.]扣分",
        "[二、]考核",
        "[（一）]内容",
        "|[1]|甲",
        "|[2]|乙",
        "无编号",
        "未定义",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn numbers_through_styles() {
    let style = |id: &str, base: &str, properties: &str| {
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{id}"/><w:basedOn w:val="{base}"/><w:pPr>{properties}</w:pPr></w:style>"#
        )
    };
    let number = r#"<w:numPr><w:numId w:val="1"/></w:numPr>"#;
    let styles = [
        style("h1", "a", number),
        style("h2", "a", number),
        style("h3", "h2", r#"<w:numPr><w:ilvl w:val="2"/></w:numPr>"#),
        style("own", "h1", ""),
        style("off", "h1", r#"<w:numPr><w:numId w:val="0"/></w:numPr>"#),
    ];
    let link = |it: &str| format!(r#"<w:pStyle w:val="{it}"/>"#);
    let levels = [
        lvl(0, "chineseCountingThousand", "第%1章", &link("h1")),
        lvl(1, "decimal", "%1.%2", &(link("h2") + "<w:isLgl/>")),
        lvl(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    ];
    let of = |style: &str, text: &str| pp(&link(style), &r(text));
    let body = [
        of("h1", "总则"),
        of("h2", "范围"),
        of("h3", "5分"),
        of("own", "考核"),
        of("off", "附件"),
        of("h2", "内容"),
    ];
    let numbering = definition(0, &levels.concat()) + &instance(1, 0, "");
    let lines = Docx::new(body.concat())
        .with("styles", styles.concat())
        .with("numbering", numbering)
        .lines();
    assert_eq!(
        lines,
        ["[第一章 ]总则", "[1.1 ]范围", "[1.1.1 ]5分", "[第二章 ]考核", "附件", "[2.1 ]内容"]
    );
}

#[test]
fn instances_that_begin_anew() {
    let start = |level: u32, at: u32| {
        format!(
            r#"<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{at}"/></w:lvlOverride>"#
        )
    };
    let own = r#"<w:lvlOverride w:ilvl="2">"#.to_owned()
        + &lvl(2, "decimalEnclosedCircle", "%3", "")
            .replace(r#"w:start w:val="1""#, r#"w:start w:val="3""#)
        + "</w:lvlOverride>";
    let numbering = three()
        + &instance(2, 0, &start(2, 1))
        + &instance(3, 0, &start(2, 5))
        + &instance(4, 0, &own);
    let body = [
        item(1, 2, "甲"),
        item(1, 2, "乙"),
        item(2, 2, "丙"),
        item(2, 2, "丁"),
        item(1, 2, "戊"),
        item(3, 2, "己"),
        item(4, 2, "庚"),
    ];
    let lines = Docx::new(body.concat()).with("numbering", numbering).lines();
    assert_eq!(lines, ["[1.]甲", "[2.]乙", "[1.]丙", "[2.]丁", "[3.]戊", "[5.]己", "[⑥]庚"]);
}

#[test]
fn numbers_through_a_numbering_style() {
    let styles = r#"<w:style w:type="numbering" w:styleId="list"><w:name w:val="list"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let linked =
        r#"<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="list"/></w:abstractNum>"#;
    let numbering = linked.to_owned() + &three() + &instance(2, 5, "");
    let body = item(2, 0, "甲") + &item(1, 0, "乙");
    let lines = Docx::new(body).with("styles", styles).with("numbering", numbering).lines();
    assert_eq!(lines, ["[一、]甲", "[二、]乙"]);
}

#[test]
fn covered_cells_and_deleted_paragraphs_do_not_count() {
    let merged = |value: &str, content: &str| tc(&format!("<w:vMerge{value}/>"), content);
    let rows = [
        tr(&[merged(r#" w:val="restart""#, &item(1, 0, "")), tc("", &p("甲"))]),
        tr(&[merged("", &item(1, 0, "")), tc("", &p("乙"))]),
        tr(&[merged(r#" w:val="restart""#, &item(1, 0, "")), tc("", &p("丙"))]),
    ];
    let list = r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>"#;
    let deleted = pp(
        &format!("{list}<w:rPr><w:del/></w:rPr>"),
        "<w:del><w:r><w:delText>丁</w:delText></w:r></w:del>",
    );
    let body = tbl(&rows) + &deleted + &item(1, 0, "戊");
    let lines = Docx::new(body).with("numbering", three()).lines();
    assert_eq!(lines, ["|[一、]↓2|甲", "|·|乙", "|[二、]|丙", "[三、]戊"]);
}

#[test]
fn marks_of_bullets() {
    let font = |it: &str| format!(r#"<w:rPr><w:rFonts w:ascii="{it}"/></w:rPr>"#);
    let levels = [
        lvl(0, "bullet", "\u{F0B7}", &font("Symbol")),
        lvl(1, "bullet", "\u{F0D8}", &font("Wingdings")),
        lvl(2, "bullet", "—", ""),
        lvl(3, "none", "附件：", ""),
        lvl(4, "hebrew1", "%5.", ""),
    ];
    let numbering = definition(0, &levels.concat()) + &instance(1, 0, "");
    let body: String = (0..5).map(|it| item(1, it, "甲")).collect();
    let (document, findings) = Docx::new(body).with("numbering", numbering).read();
    assert_eq!(word_support::drawn(&document), ["[•]甲", "[➢]甲", "[—]甲", "[附件：]甲", "[1.]甲"]);
    assert_eq!(findings, ["number-format-unknown"]);
}

#[test]
fn revisions_are_accepted() {
    let deleted = |it: &str| format!("<w:del><w:r><w:delText>{it}</w:delText></w:r></w:del>");
    let inserted = |it: &str| format!("<w:ins>{}</w:ins>", r(it));
    let row = |mark: &str, text: &str| {
        format!("<w:tr><w:trPr>{mark}</w:trPr>{}</w:tr>", tc("", &p(text)))
    };
    let body = [
        format!("<w:p>{}{}{}{}</w:p>", r("每起扣"), deleted("0.5"), inserted("1"), r("分")),
        // The deleted end of a paragraph joins it with the next.
        pp("<w:rPr><w:del/></w:rPr>", &r("前半")),
        p("后半"),
        // What was moved away is gone; what was moved here stays.
        pp("<w:rPr><w:moveFrom/></w:rPr>", &format!("<w:moveFrom>{}</w:moveFrom>", r("移走"))),
        pp("<w:rPr><w:moveTo/></w:rPr>", &format!("<w:moveTo>{}</w:moveTo>", r("移来"))),
        tbl(&[row("", "留"), row("<w:del/>", "删"), row("<w:ins/>", "增")]),
        pp("<w:pPrChange><w:pPr><w:jc w:val=\"center\"/></w:pPr></w:pPrChange>", &r("末")),
    ];
    let (document, findings) = Docx::new(body.concat()).read();
    assert_eq!(
        word_support::drawn(&document),
        ["每起扣1分", "前半后半", "移来", "|留", "|增", "末"]
    );
    assert_eq!(findings, ["revisions-pending"]);
}

#[test]
fn deleted_end_before_a_table_ends_the_paragraph() {
    let body = pp("<w:rPr><w:del/></w:rPr>", &r("甲")) + &tbl(&[tr(&[tc("", &p("乙"))])]);
    assert_eq!(Docx::new(body).lines(), ["甲", "|乙"]);
}

#[test]
fn spans_and_merges() {
    let span = |count: u32, text: &str| tc(&format!(r#"<w:gridSpan w:val="{count}"/>"#), &p(text));
    let down = |value: &str, text: &str| tc(&format!("<w:vMerge{value}/>"), &p(text));
    let left = |value: &str, text: &str| tc(&format!(r#"<w:hMerge w:val="{value}"/>"#), &p(text));
    let one = |text: &str| tc("", &p(text));
    let restart = r#" w:val="restart""#;
    let tables = [
        (
            vec![
                tr(&[span(2, "指标"), one("分值")]),
                tr(&[down(restart, "甲"), one("乙"), one("5")]),
                tr(&[down("", ""), one("丙"), one("6")]),
                tr(&[down(r#" w:val="continue""#, ""), one("丁"), one("7")]),
            ],
            vec!["|指标→2|分值", "|甲↓3|乙|5", "|·|丙|6", "|·|丁|7"],
        ),
        (
            vec![
                tr(&[left("restart", "甲"), left("continue", ""), one("乙")]),
                tr(&[one("丙"), one("丁"), one("戊")]),
            ],
            vec!["|甲→2|乙", "|丙|丁|戊"],
        ),
        (
            vec![
                tr(&[one("甲"), one("乙"), one("丙")]),
                format!(
                    r#"<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>{}</w:tr>"#,
                    one("丁")
                ),
            ],
            vec!["|甲|乙|丙", "| ?|丁| ?"],
        ),
        // A merge of another width than the cell above it stands alone.
        (
            vec![
                tr(&[down(restart, "甲"), one("乙")]),
                tr(&[tc(r#"<w:gridSpan w:val="2"/><w:vMerge/>"#, &p("丙"))]),
            ],
            vec!["|甲|乙", "|丙→2"],
        ),
    ];
    for (rows, expected) in tables {
        assert_eq!(Docx::new(tbl(&rows)).lines(), expected);
    }
}

#[test]
fn rows_and_cells_in_content_controls() {
    let sdt = |it: &str| format!("<w:sdt><w:sdtPr/><w:sdtContent>{it}</w:sdtContent></w:sdt>");
    let one = |text: &str| tc("", &p(text));
    let rows = [
        sdt(&tr(&[one("甲"), one("乙")])),
        tr(&[sdt(&one("丙")), tc("", &sdt(&p("丁")))]),
        tr(&[one("戊"), tc("", &format!("<w:p>{}</w:p>", sdt(&r("己"))))]),
    ];
    let body = sdt(&tbl(&rows)) + &sdt(&p("后"));
    assert_eq!(Docx::new(body).lines(), ["|甲|乙", "|丙|丁", "|戊|己", "后"]);
}

#[test]
fn nested_tables_and_frames() {
    let one = |text: &str| tc("", &p(text));
    let inner = tbl(&[tr(&[one("一"), one("二")]), tr(&[one("三"), one("四")])]);
    let nested = tbl(&[tr(&[one("甲"), tc("", &(p("前") + &inner + &p("后")))])]);
    assert_eq!(Docx::new(nested).lines(), ["|甲|前⏎一\t二⏎三\t四⏎后"]);
    // A table of one cell that holds a table is a frame.
    let framed = tbl(&[tr(&[tc("", &(p("题") + &inner + &p("")))])]);
    assert_eq!(Docx::new(framed).lines(), ["题", "|一|二", "|三|四"]);
}

fn boxed(text: &str) -> String {
    format!("<w:txbxContent>{}</w:txbxContent>", p(text))
}

fn drawing(text: &str) -> String {
    format!(
        r#"<w:drawing><wp:anchor><a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx>{}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"#,
        boxed(text)
    )
}

fn vml(text: &str) -> String {
    format!("<w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict>", boxed(text))
}

#[test]
fn text_boxes_stand_once_after_their_paragraph() {
    let both = format!(
        r#"<mc:AlternateContent><mc:Choice Requires="wps">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"#,
        drawing("文号"),
        vml("文号")
    );
    let unknown = both.replace(r#"Requires="wps""#, r#"Requires="o""#);
    for (content, name) in
        [(both, "both"), (unknown, "fallback"), (vml("文号"), "vml"), (drawing("文号"), "drawing")]
    {
        let body = format!("<w:p>{}<w:r>{content}</w:r>{}</w:p>{}", r("前"), r("后"), p("下"));
        assert_eq!(Docx::new(body).lines(), ["前后", "文号", "下"], "{name}");
    }
    let in_cell = tbl(&[tr(&[
        tc("", &format!("<w:p>{}<w:r>{}</w:r></w:p>", r("甲"), vml("乙"))),
        tc("", &p("丙")),
    ])]);
    assert_eq!(Docx::new(in_cell).lines(), ["|甲⏎乙|丙"]);
}

#[test]
fn notes_stand_after_the_block_that_refers_to_them() {
    let refer = |kind: &str, id: u32| format!(r#"<w:r><w:{kind}Reference w:id="{id}"/></w:r>"#);
    let note = |kind: &str, id: u32, more: &str, text: &str| {
        format!(
            r#"<w:{kind} w:id="{id}"{more}><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:{kind}>"#,
            r(text)
        )
    };
    let body = [
        format!("<w:p>{}{}{}</w:p>", r("扣10分"), refer("footnote", 2), r("。")),
        tbl(&[tr(&[
            tc("", &format!("<w:p>{}{}</w:p>", r("甲"), refer("endnote", 1))),
            tc("", &p("乙")),
        ])]),
        p("末"),
    ];
    let footnotes = note("footnote", 0, r#" w:type="separator""#, "线")
        + &note("footnote", 2, "", "含10分")
        + &note("footnote", 3, "", "无引用");
    let lines = Docx::new(body.concat())
        .with("footnotes", footnotes)
        .with("endnotes", note("endnote", 1, "", "见附件"))
        .lines();
    assert_eq!(lines, ["扣10分。", "含10分", "|甲|乙", "见附件", "末"]);
}

fn field(mark: &str) -> String {
    format!(r#"<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>"#)
}

fn instruction(text: &str) -> String {
    format!("<w:r><w:instrText>{text}</w:instrText></w:r>")
}

#[test]
fn of_fields_only_the_result() {
    let simple =
        [field("begin"), instruction("PAGE"), field("separate"), r("3"), field("end")].concat();
    let nested = [
        field("begin"),
        instruction("IF "),
        field("begin"),
        instruction("X"),
        field("separate"),
        r("隐"),
        field("end"),
        field("separate"),
        r("显"),
        field("end"),
    ]
    .concat();
    let circled =
        [field("begin"), instruction(r"eq \o\ac(○,"), instruction("3)"), field("end")].concat();
    let whole = format!(r#"<w:fldSimple w:instr="DATE">{}</w:fldSimple>"#, r("5日"));
    let table = [
        (format!("第{}页", "").replace("第页", "") + &r("第") + &simple + &r("页"), "第3页"),
        (nested, "显"),
        (circled + &r("项"), "③项"),
        (whole, "5日"),
        // A field that never ends hides nothing.
        (field("begin") + &field("begin") + &field("separate") + &r("留"), "留"),
    ];
    for (content, expected) in table {
        assert_eq!(Docx::new(format!("<w:p>{content}</w:p>")).lines(), [expected]);
    }
    // A field over several paragraphs, such as a table of contents.
    let body = format!(
        "<w:p>{}{}{}{}</w:p><w:p>{}{}</w:p>",
        field("begin"),
        instruction("TOC"),
        field("separate"),
        r("一、总则"),
        r("二、考核"),
        field("end")
    );
    assert_eq!(Docx::new(body).lines(), ["一、总则", "二、考核"]);
}

#[test]
fn content_of_runs() {
    let table = [
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>", "甲⏎乙⏎丙"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "甲\t乙"),
        (
            "<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t></w:r>",
            "A-BC",
        ),
        ("<w:r><w:t>甲&amp;乙&lt;5&#x5206;</w:t></w:r>", "甲&乙<5分"),
        ("<w:r><w:t> 甲 </w:t><w:t xml:space=\"preserve\"> 乙</w:t></w:r>", "甲 乙"),
        (
            "<w:r><w:t>得分</w:t><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:t>60</w:t></w:r>",
            "得分≥60",
        ),
        ("<w:r><w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr><w:t>\u{F0FE}</w:t></w:r>", "☑"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "汉",
        ),
        (
            "<w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>签</w:t></w:r></w:smartTag>",
            "链签",
        ),
        (
            "<w:r><w:t>得分=</w:t></w:r><m:oMath><m:f><m:num><m:r><m:t>完成数</m:t></m:r></m:num><m:den><m:r><m:t>总数</m:t></m:r></m:den></m:f></m:oMath>",
            "得分=完成数/总数",
        ),
    ];
    for (content, expected) in table {
        let lines = Docx::new(format!("<w:p>{content}</w:p>")).lines();
        assert_eq!(lines.join("⏎"), expected);
    }
}

#[test]
fn what_is_not_read_is_said() {
    let hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>显</w:t></w:r></w:p>";
    let object = "<w:p><w:r><w:object/></w:r></w:p><w:altChunk/>";
    let picture = "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>";
    let (document, findings) = Docx::new([hidden, object, picture].concat())
        .with("header1", p("页眉"))
        .with("footer1", p("页脚"))
        .read();
    assert_eq!(word_support::drawn(&document), ["显"]);
    assert_eq!(findings, ["hidden-text", "embedded-not-read", "pictures-not-read"]);
}

/// The page, the break flag and the text of each paragraph.
fn pages(docx: &Docx) -> (Option<u32>, Vec<String>) {
    let (document, _) = docx.read();
    let line = |it: &Block| match it {
        Block::Paragraph(it) => {
            let sign = if it.style.page_break_before { "^" } else { "" };
            format!("{}{sign}{}", it.place.page.unwrap_or(0), it.text)
        }
        Block::Table(it) => {
            let pages: Vec<String> = it
                .cells
                .iter()
                .map(|it| format!("{}{}", it.place.page.unwrap_or(0), it.text()))
                .collect();
            pages.join("|")
        }
    };
    (document.pages, document.blocks.iter().map(line).collect())
}

#[test]
fn pages_by_breaks_that_people_set() {
    let br = r#"<w:r><w:br w:type="page"/></w:r>"#;
    let section = |kind: &str| pp(&format!(r#"<w:sectPr><w:type w:val="{kind}"/></w:sectPr>"#), "");
    let before = pp("<w:pageBreakBefore/>", &r("戊"));
    let body = [
        pp("<w:pageBreakBefore/>", &r("甲")),
        format!("<w:p>{br}{}</w:p>", r("乙")),
        format!("<w:p>{}{br}</w:p>", r("丙")),
        p("丁"),
        before,
        format!("<w:p>{}{br}{}</w:p>", r("己"), r("庚")),
        section("nextPage"),
        p("辛"),
        section("continuous"),
        p("壬"),
        "<w:sectPr/>".to_owned(),
    ];
    // The type of a section says how that section begins, so 辛 continues and 壬 begins a page.
    let (count, lines) = pages(&Docx::new(body.concat()));
    assert_eq!(lines, ["1甲", "2^乙", "2丙", "3^丁", "4^戊", "4己", "5^庚", "5辛", "6^壬"]);
    assert_eq!(count, Some(6));
    assert_eq!(pages(&Docx::new(p("甲"))), (None, vec!["0甲".to_owned()]));
}

#[test]
fn pages_by_the_marks_of_word() {
    let mark = "<w:r><w:lastRenderedPageBreak/></w:r>";
    let cell = |content: &str| tc("", &format!("<w:p>{content}</w:p>"));
    let body = [
        p("甲"),
        format!("<w:p>{}{mark}{}</w:p>", r("乙"), r("续")),
        p("丙"),
        format!(r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p>{mark}{}</w:p>"#, r("丁")),
        tbl(&[
            tr(&[cell(&r("一")), cell(&r("二"))]),
            tr(&[cell(&format!("{mark}{}", r("三"))), cell(&r("四"))]),
            tr(&[
                cell(&format!("{}{mark}{}", r("五"), r("续"))),
                cell(&format!("{}{mark}{}", r("六"), r("续"))),
            ]),
        ]),
        p("戊"),
    ];
    let (count, lines) = pages(&Docx::new(body.concat()));
    assert_eq!(lines, ["1甲", "1乙续", "2丙", "3^丁", "3一|3二|4三|4四|4五续|4六续", "5戊"]);
    assert_eq!(count, Some(5));
}

#[test]
fn headings_and_centred_paragraphs() {
    let styles = r#"<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="t2"><w:name w:val="题"/><w:basedOn w:val="t"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>"#;
    let of =
        |style: &str, more: &str| pp(&format!(r#"<w:pStyle w:val="{style}"/>{more}"#), &r("甲"));
    let body = [
        of("1", ""),
        of("t", ""),
        of("t2", ""),
        of("t2", r#"<w:jc w:val="left"/><w:outlineLvl w:val="9"/>"#),
        p("甲"),
    ];
    let (document, _) = Docx::new(body.concat()).with("styles", styles).read();
    let styles: Vec<Style> = document
        .blocks
        .iter()
        .map(|it| match it {
            Block::Paragraph(it) => it.style,
            Block::Table(_) => panic!("a table"),
        })
        .collect();
    let style = |heading, centered| Style { heading, centered, page_break_before: false };
    let expected = [
        style(Some(1), false),
        style(None, true),
        style(Some(2), true),
        style(None, false),
        style(None, false),
    ];
    assert_eq!(styles, expected);
}

#[test]
fn what_docx_rs_writes() {
    use docx_rs::{Docx, Paragraph, Run, Table, TableCell, TableRow, VMergeType};
    let text = |it: &str| Paragraph::new().add_run(Run::new().add_text(it));
    let cell = |it: &str| TableCell::new().add_paragraph(text(it));
    let table = Table::new(vec![
        TableRow::new(vec![cell("指标").grid_span(2), cell("分值")]),
        TableRow::new(vec![cell("甲").vertical_merge(VMergeType::Restart), cell("乙"), cell("5")]),
        TableRow::new(vec![cell("").vertical_merge(VMergeType::Continue), cell("丙"), cell("6")]),
    ]);
    let mut bytes = std::io::Cursor::new(Vec::new());
    let docx = Docx::new().add_paragraph(text("考核办法")).add_table(table);
    docx.build().pack(&mut bytes).unwrap();
    let (document, findings) = word_support::read("a.docx", bytes.into_inner()).unwrap();
    assert_eq!(
        word_support::drawn(&document),
        ["考核办法", "|指标→2|分值", "|甲↓2|乙|5", "|·|丙|6"]
    );
    assert_eq!(findings, [""; 0]);
}
