package changelogs.review;

import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** The report as one page that makes no requests. The Markdown of the report contains no HTML except details elements. */
final class Html {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Review of the changelog</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 0 auto; padding: 1rem; color: #1f2328; background: #fff; overflow-wrap: anywhere; }
            table { display: block; overflow-x: auto; border-collapse: collapse; overflow-wrap: normal; }
            th, td { border: 1px solid #d0d7de; padding: .3rem .6rem; text-align: left; vertical-align: top; }
            pre { overflow-x: auto; padding: .8rem; background: #f6f8fa; }
            code { font: .875em ui-monospace, monospace; }
            summary { cursor: pointer; padding: .3rem 0; }
            @media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117; } pre { background: #161b22; } th, td { border-color: #30363d; } }
            </style>
            </head>
            <body>
            %s</body>
            </html>
            """;

    private static final Pattern PICTURE = Pattern.compile("(?ms)^### Tables\\n.*?^````\\n");

    private Html() {
    }

    static String of(String markdown) {
        List<TablesExtension> extensions = List.of((TablesExtension) TablesExtension.create());
        // Browsers cannot draw Mermaid without a script.
        String text = PICTURE.matcher(markdown).replaceAll("");
        return PAGE.formatted(HtmlRenderer.builder().extensions(extensions).build().render(Parser.builder().extensions(extensions).build().parse(text)));
    }
}
