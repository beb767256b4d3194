namespace GridWorld.Tests;

public class LongTestTests
{
    public static TheoryData<string> Names => [.. LongTest.All.Where(t => t.Program is null).Select(t => t.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Long_test_is_there_and_asks_whether_it_is_meant(string name)
    {
        var test = LongTest.All.Single(t => t.Name == name);
        var (type, method) = test.Tests.Split('.') is [var first, var second]
            ? (first, second) : throw new InvalidOperationException(test.Tests);

        var source = File.ReadAllText(Directory.GetFiles(Path.Combine(Repository.At("tests"), test.Project), $"{type}.cs",
            SearchOption.AllDirectories).Single());

        Assert.Contains(method == "*" ? $"class {type}" : $" {method}(", source);
        Assert.Contains($"\"{name}\"", source);
        Assert.Contains("Long.", source);
    }

    [Fact]
    public void Program_of_a_long_test_is_there() =>
        Assert.All(LongTest.All, t => Assert.True(t.Program is null || File.Exists(Repository.At(t.Program, "Program.cs")), t.Name));

    [Theory]
    [InlineData("faults")]
    [InlineData("faults", "7")]
    [InlineData("faults", "7", "1")]
    public void Long_test_is_asked_for_by_name_with_a_seed_and_a_count(params string[] arguments) =>
    Assert.Equal("faults", LongTest.Of(arguments)?.Name);

    [Theory]
    [InlineData]
    [InlineData("course")]
    [InlineData("faults", "seven")]
    [InlineData("faults", "7", "1", "1")]
    public void Anything_else_is_none(params string[] arguments) => Assert.Null(LongTest.Of(arguments));

    [Fact]
    public void Help_has_a_line_for_each() => Assert.All(LongTest.All, t => Assert.Contains($"  {t.Name,-9} {t.What}", LongTest.Help));
}
