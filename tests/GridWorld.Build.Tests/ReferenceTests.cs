using System.Text.RegularExpressions;

namespace GridWorld.Tests;

public partial class ReferenceTests
{
    [Fact]
    public void Pages_say_what_the_doc_comments_say()
    {
        var pages = ReferencePages.Make();

        var committed = Directory.GetFiles(Repository.At("docs", "reference"))
            .ToDictionary(file => Path.GetFileName(file), file => File.ReadAllText(file).ReplaceLineEndings("\n"));
        var changed = pages.Keys.Union(committed.Keys).Where(page => pages.GetValueOrDefault(page) != committed.GetValueOrDefault(page))
            .Order(StringComparer.Ordinal).ToList();
        Assert.True(changed.Count == 0,
            $"docs/reference/{string.Join(", ", changed)} is not what the doc comments say now. Run: dotnet run build.cs docs, and"
            + " commit the pages.");
    }

    [Fact]
    public void Every_public_type_is_there_and_every_link_leads_somewhere()
    {
        var pages = ReferencePages.Make();
        // As the tests of the public API keep them: by reflection, not by the compiler that makes the pages.
        var types = new[] { "Engine",
            "Interactive" }.SelectMany(name => File.ReadLines(Repository.At("tests", $"GridWorld.{name}.Tests", "PublicApi.txt")))
            .Select(line => PublicType().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);

        var headings = pages.SelectMany(page => Heading().Matches(page.Value)
            .Select(match => (Anchor: $"{page.Key}#{match.Groups[1].Value.ToLowerInvariant()}", Name: match.Groups[1].Value))).ToList();
        var links = pages.Values.SelectMany(text => Link().Matches(text).Select(match => match.Groups[1].Value)).Distinct();

        Assert.Empty(types.Except(headings.Select(heading => heading.Name)));
        Assert.Empty(links.Except(headings.Select(heading => heading.Anchor)));
        Assert.Contains("- `Schedule LearningRate { get; init; }` Learning rate α", pages["learning.md"]);
    }

    [GeneratedRegex(@"^    public [a-z ]*?(?:class|struct|interface|enum) (\w+)")]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^## (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\((\w+\.md#\w+)\)")]
    private static partial Regex Link();
}
