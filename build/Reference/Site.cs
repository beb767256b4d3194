using System.Net;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace GridWorld.Build;

/// <summary>
/// The documentation as HTML pages that need no server: README.md, docs and the other Markdown files, at the same paths. The table
/// "Documentation" of README.md is the navigation.
/// </summary>
public sealed class Site
{
    static readonly MarkdownPipeline markdown =
        new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(Markdig.Extensions.AutoIdentifiers.AutoIdentifierOptions.GitHub)
        .Build();
    readonly string root;
    readonly SortedDictionary<string, MarkdownDocument> pages;

    /// <summary>Reads the Markdown files of a checkout.</summary>
    public Site(string root)
    {
        this.root = root;
        string[] others = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "SECURITY.md", "bench/README.md",
            "GridWorld.Interactive/widget/README.md"];
        pages = new(others.Concat(Directory.GetFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')))
            .ToDictionary(page => page, page => Parse(File.ReadAllText(Path.Combine(root, page)))), StringComparer.Ordinal);
    }

    /// <summary>Parses Markdown as the site shows it.</summary>
    public static MarkdownDocument Parse(string text) => Markdown.Parse(text, markdown);

    /// <summary>The Markdown files, by path.</summary>
    public IReadOnlyDictionary<string, MarkdownDocument> Pages => pages;

    /// <summary>The links to files of the checkout, with their paths from its root; the part after # is the heading's id.</summary>
    public static IEnumerable<(LinkInline Link, string Path, string Id)> Links(string page, MarkdownDocument text)
    {
        foreach (var link in text.Descendants<LinkInline>())
        {
            if (link.Url is null || link.Url.Contains(':', StringComparison.Ordinal))
                continue;
            var parts = link.Url.Split('#');
            string folder = Path.GetDirectoryName(page)!;
            string path = parts[0].Length == 0 ? page : Path.GetRelativePath("/", Path.Combine("/", folder, parts[0])).Replace('\\', '/');
            yield return (link, path, parts.ElementAtOrDefault(1) ?? "");
        }
    }

    /// <summary>The ids of a page's headings.</summary>
    public static IEnumerable<string> Ids(MarkdownDocument text) =>
        text.Descendants<HeadingBlock>().Select(heading => heading.GetAttributes().Id!);

    /// <summary>What the navigation lists: a title for each need of a reader, and its links.</summary>
    public IEnumerable<(string Need, IReadOnlyList<LinkInline> Links)> Navigation =>
        pages["README.md"].SkipWhile(block => block is not HeadingBlock heading || heading.GetAttributes().Id != "documentation")
        .OfType<Table>().First().Skip(1).Cast<TableRow>()
        .Select(row => (row.Descendants<LiteralInline>().First().Content.ToString(),
            (IReadOnlyList<LinkInline>)[.. row.Descendants<LinkInline>()]));

    /// <summary>Writes the pages, and the files that they link to.</summary>
    public void Write(string folder)
    {
        var navigation = Navigation
            .Select(group => (group.Need, Links: group.Links.Select(link => (Page: link.Url!, Title: Title(link))).ToList())).ToList();
        foreach (var (page, text) in pages)
        {
            string up = string.Concat(Enumerable.Repeat("../", page.Count(c => c == '/')));
            foreach (var (link, path, id) in Links(page, text).ToList())
            {
                if (pages.ContainsKey(path))
                    link.Url = up + Html(path) + (id.Length > 0 ? $"#{id}" : "");
                else if (File.Exists(Path.Combine(root, path)))
                    Put(folder, path, to => File.Copy(Path.Combine(root, path), to, overwrite: true));
            }

            string Entry((string Page, string Title) link) =>
                $"<li><a{(link.Page == page ? " aria-current=\"page\"" : "")} href=\"{up}{Html(link.Page)}\">{link.Title}</a></li>";
            var menu = string.Concat(
                navigation.Select(group => $"<h2>{group.Need}</h2><ul>{string.Concat(group.Links.Select(Entry))}</ul>"));
            string title = Title(text.Descendants<HeadingBlock>().First().Inline!);
            Put(folder, Html(page), to => File.WriteAllText(to, $"""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>{title}{(page == "README.md" ? "" : " · GridWorld")}</title><link rel="stylesheet" href="{up}site.css"></head>
                <body><nav><details open><summary><a href="{up}index.html">GridWorld</a></summary>{menu}</details></nav>
                <script>if (innerWidth < 760) document.querySelector("details").open = false;</script>
                <main>{text.ToHtml(markdown)}</main></body></html>

                """));
        }

        File.Copy(Path.Combine(AppContext.BaseDirectory, "site.css"), Path.Combine(folder, "site.css"), overwrite: true);
    }

    static string Title(ContainerInline text) =>
        WebUtility.HtmlEncode(string.Concat(text.Descendants<LiteralInline>().Select(part => part.Content)));

    static string Html(string path) =>
        path == "README.md" ? "index.html" : path.EndsWith(".md", StringComparison.Ordinal) ? Path.ChangeExtension(path, ".html") : path;

    static void Put(string folder, string path, Action<string> write)
    {
        string to = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        write(to);
    }
}
