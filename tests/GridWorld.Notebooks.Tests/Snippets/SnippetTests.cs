namespace GridWorld.Tests;

public class SnippetTests
{
    public static IEnumerable<TheoryDataRow<string>> Pages()
    {
        var docs = Repository.At("docs");
        return new[] { "README.md", "bench/README.md", "GridWorld.Engine/README.md", "GridWorld.Interactive/README.md" }
            .Select(page => Repository.At(page)).Where(File.Exists)
            .Concat(Directory.Exists(docs)
                ? Directory.GetFiles(docs, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [])
            .Select(file => new TheoryDataRow<string>(Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')));
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Pages))]
    public async Task Every_block_of_code_compiles(string page)
    {
        var markdown = await File.ReadAllTextAsync(Repository.At(page), TestContext.Current.CancellationToken);

        var faults = await SnippetCompiler.FaultsAsync(page, markdown);

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Blocks_go_on_from_each_other_and_a_fault_names_page_and_line()
    {
        var faults = await SnippetCompiler.FaultsAsync("page.md", """
            Text.
            ```csharp
            #r "nuget:GridWorld.Interactive"
            using GridWorld;
            var message = typeof(InputException).Name;
            ```
            ```bash
            not C#
            ```
            ```csharp
            message.Length
            ```
            ```csharp
            int wrong = message;
            ```
            ```csharp
            #:project ../GridWorld.Interactive
            using GridWorld;
            Console.WriteLine(typeof(InputException));
            ```
            """);

        Assert.Equal(["page.md(14): CS0029 Cannot implicitly convert type 'string' to 'int'"], faults);
    }
}
