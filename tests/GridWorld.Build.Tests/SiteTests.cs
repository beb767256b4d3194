using System.Text.Json;
using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace GridWorld.Tests;

public sealed partial class SiteTests : IDisposable
{
    static readonly Site site = new(Repository.Root);
    static readonly string[] notebooks = Directory.GetFiles(Repository.At("notebooks"), "*.ipynb");
    readonly TemporaryFolder folder = new();

    [Fact]
    public void Every_link_leads_to_a_file_and_to_a_heading()
    {
        var texts = site.Pages.Concat(notebooks.Select(file =>
            KeyValuePair.Create($"notebooks/{Path.GetFileName(file)}", Site.Parse(string.Join("\n\n", Texts(file, "markdown"))))));

        var dead = texts.SelectMany(page => Site.Links(page.Key, page.Value).Where(to => !IsThere(to.Path, to.Id))
            .Select(to => $"{page.Key}({to.Link.Line + 1}): {to.Link.Url}"));

        Assert.Empty(dead);
    }

    [Fact]
    public void Navigation_lists_every_page()
    {
        var listed = site.Navigation.SelectMany(group => group.Links).Select(link => link.Url!).ToList();

        Assert.Equal(["learn", "do", "look up", "understand"], site.Navigation.Select(group => group.Need));
        Assert.Empty(Directory.GetFiles(Repository.At("docs"), "*.md").Select(file => $"docs/{Path.GetFileName(file)}").Except(listed));
        Assert.Empty(notebooks.Select(file => $"notebooks/{Path.GetFileName(file)}").Except(listed));
    }

    [Fact]
    public void Written_pages_link_to_each_other()
    {
        new Site(Repository.Root).Write(folder.Path);

        var files = Directory.GetFiles(folder.Path, "*.html", SearchOption.AllDirectories);
        var dead = files.SelectMany(file => Address().Matches(File.ReadAllText(file))
            .Select(found => Path.Combine(Path.GetDirectoryName(file)!, found.Groups[1].Value))
            .Where(to => to.EndsWith(".md", StringComparison.Ordinal) || !Path.Exists(to)));
        Assert.Equal(site.Pages.Count, files.Length);
        Assert.Empty(dead);
    }

    [Fact]
    public void No_cell_of_a_notebook_scrolls_sideways()
    {
        var wide = notebooks.SelectMany(file => Texts(file, "code").SelectMany(cell => cell.Split('\n'))
            .Where(line => line.Length > 120).Select(line => $"{Path.GetFileName(file)}: {line}"));

        Assert.Empty(wide);
    }

    // The format of notebooks asks for ids since version 4.5; without them, Jupyter warns and makes up others at each opening.
    [Fact]
    public void Every_cell_of_a_notebook_has_an_id_of_its_own()
    {
        foreach (string notebook in notebooks)
        {
            var ids = Cells(notebook).Select(cell => cell.TryGetProperty("id", out var id) ? id.GetString() : null).ToList();

            Assert.True(ids.Distinct().Count() == ids.Count && !ids.Contains(null), notebook);
        }
    }

    public void Dispose() => folder.Dispose();

    static bool IsThere(string path, string id) => Path.Exists(Repository.At(path))
        && (id.Length == 0 || !site.Pages.TryGetValue(path, out var page) || Site.Ids(page).Contains(id));

    static IEnumerable<JsonElement> Cells(string notebook) =>
        JsonElement.Parse(File.ReadAllText(notebook)).GetProperty("cells").EnumerateArray();

    static IEnumerable<string> Texts(string notebook, string kind) =>
        Cells(notebook).Where(cell => cell.GetProperty("cell_type").GetString() == kind)
        .Select(cell => string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString())));

    [GeneratedRegex("(?:href|src)=\"([^\":#]+)[^\":]*\"")]
    private static partial Regex Address();
}
