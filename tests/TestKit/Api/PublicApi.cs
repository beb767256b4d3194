using System.Runtime.CompilerServices;
using PublicApiGenerator;

namespace GridWorld.Tests;

/// <summary>The tests of a library's public API, for a test class beside its PublicApi.txt.</summary>
public abstract class PublicApi(System.Reflection.Assembly library, [CallerFilePath] string source = "")
{
    const string Accept = "GRIDWORLD_ACCEPT_API";

    protected string Text => library.GeneratePublicApi(new() { IncludeAssemblyAttributes = false });

    [Fact]
    public void Public_api_is_what_PublicApi_txt_says()
    {
        string file = Path.Combine(Path.GetDirectoryName(source)!, "PublicApi.txt");
        string actual = Text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        string promised = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(file, actual);
            return;
        }

        if (promised == actual)
            return;
        string[] before = promised.Split('\n'), after = actual.Split('\n');
        Assert.Fail($"""
            The public API is no longer what {file} says.
            If that is meant, run these tests once with {Accept}=1 in the environment, and commit the file.
            {string.Join('\n', before.Except(after).Select(line => $"- {line.Trim()}"))}
            {string.Join('\n', after.Except(before).Select(line => $"+ {line.Trim()}"))}
            """);
    }

    [Fact]
    public void Public_api_has_no_mutable_array_or_collection_and_no_tuple() => Assert.Empty(PublicShape.Mutable(library));
}
