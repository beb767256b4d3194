using System.Runtime.CompilerServices;
using PublicApiGenerator;

namespace GridWorld.Tests;

public class PublicApiTests
{
    const string Accept = "GRIDWORLD_ACCEPT_API";

    [Fact]
    public void Public_api_is_what_PublicApi_txt_says() =>
    Check(typeof(KernelExtension).Assembly.GeneratePublicApi(new() { IncludeAssemblyAttributes = false }));

    [Fact]
    public void Cells_need_no_type_of_the_web_server_or_the_kernel()
    {
        string api = typeof(KernelExtension).Assembly.GeneratePublicApi(new() { IncludeAssemblyAttributes = false });

        Assert.DoesNotContain("Microsoft.AspNetCore", api);
        Assert.DoesNotContain("Microsoft.DotNet.Interactive", api);
        Assert.DoesNotContain("Microsoft.Extensions.DependencyInjection", api);
    }

    static void Check(string actual, [CallerFilePath] string source = "")
    {
        string file = Path.Combine(Path.GetDirectoryName(source)!, "PublicApi.txt");
        actual = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";
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
            {string.Join('\n', before.Except(after).Select(line => $"- {line.Trim()}").Concat(after.Except(before).Select(line => $"+ {line.Trim()}")))}
            """);
    }
}
