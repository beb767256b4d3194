using System.Text.RegularExpressions;

namespace GridWorld.Tests;

/// <summary>Each row of the tables of guarantees and of attacks names tests, and the tests exist.</summary>
public partial class TestTableTests
{
    public static TheoryData<string> Rows => [.. new[] { "reliability.md", "security-tests.md" }.SelectMany(page =>
        File.ReadLines(Repository.At("docs", page)).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1))];

    [Theory, MemberData(nameof(Rows))]
    public void Row_names_tests_that_exist(string row)
    {
        var tests = NamedTest().Matches(row.Split('|')[^2]);

        Assert.NotEmpty(tests);
        Assert.All(tests, test =>
        {
            var file = Assert.Single(Directory.GetFiles(Repository.At("tests"), $"{test.Groups["type"].Value}.cs",
                SearchOption.AllDirectories));
            var methods = TestMethod().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value).ToList();
            Assert.Contains(methods,
                name => test.Groups["rest"].Success
                ? name.StartsWith(test.Groups["method"].Value, StringComparison.Ordinal)
                : !test.Groups["method"].Success || name == test.Groups["method"].Value);
        });
    }

    // A class, a method of it, or with … the beginning of one.
    [GeneratedRegex("`(?<type>[A-Za-z]+Tests)(\\.(?<method>\\w+)(?<rest>…)?)?`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"\[(Fact|Theory)\b.*?public (async Task|void) (?<name>\w+)\(", RegexOptions.Singleline)]
    private static partial Regex TestMethod();
}
