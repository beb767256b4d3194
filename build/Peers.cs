using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace GridWorld.Build;

/// <summary>The programs that a benchmark compares with the engine.</summary>
/// <param name="shell">Runs them.</param>
/// <param name="root">The folder of the repository.</param>
/// <param name="tool">An installed command to measure; null for the one that was built last.</param>
public sealed class Peers(Shell shell, string root, string? tool = null)
{
    // Without -ffp-contract=off the compiler fuses multiplications and additions, which changes the last bits.
    static readonly string[] flags = ["-O3", "-march=native", "-ffp-contract=off"];

    readonly string cli = Path.Combine(root, "GridWorld.Cli", "bin", "Release", "net10.0", "GridWorld.Cli.dll");
    readonly string? compiler = new[] { "cc", "gcc", "clang" }.FirstOrDefault(name => shell.Ask(name, "--version") is not null);

    /// <summary>Whether there is a C compiler. If not, says so.</summary>
    public bool HasCompiler
    {
        get
        {
            if (compiler is null)
                Console.WriteLine("no C compiler on PATH (cc, gcc, clang): nothing to compare with");
            return compiler is not null;
        }
    }

    public string Folder { get; } = Directory.CreateDirectory(Path.Combine(root, "artifacts")).FullName;

    /// <summary>The compiler's first line about itself and its flags; null without a compiler.</summary>
    public string? Compiler => compiler is null ? null : $"{shell.Ask(compiler, "--version")!.Split('\n')[0]} {string.Join(' ', flags)}";

    /// <summary>Compiles a program of the folder <c>bench/peers</c> and returns its path.</summary>
    public string Compile(string source)
    {
        string program = Path.Combine(Folder, Path.GetFileNameWithoutExtension(source));
        shell.Run(compiler!, [.. flags, "-o", program, Path.Combine(root, "bench", "peers", source), "-lm"]);
        return program;
    }

    /// <summary>The JSON that a program prints.</summary>
    public JsonNode Measure(string program, params string[] arguments)
    {
        string? answer = shell.Ask(program, arguments);
        return answer?.StartsWith('{') == true
            ? JsonNode.Parse(answer)!
            : throw new StepFailed($"{program} {string.Join(' ', arguments)} failed or printed no JSON: {answer}");
    }

    /// <summary>The JSON that the command prints.</summary>
    public JsonNode Command(params string[] arguments) =>
        tool is null ? Measure("dotnet", [cli, .. arguments, "--json"]) : Measure(tool, [.. arguments, "--json"]);

    /// <summary>Trains for a number of steps. Of several equally good actions, the first one is taken, as in the peers.</summary>
    public JsonNode Bench(string world, long steps, params string[] options) =>
        Command(["bench", "--world", world, "--steps", steps.ToString(CultureInfo.InvariantCulture), "--seed", "1", "--ties", "first",
            .. options]);

    public static double Speed(JsonNode measured) => (double)measured["steps_per_second"]!;

    public static double Median(IEnumerable<double> measured) => measured.Order().ElementAt(measured.Count() / 2);

    public static bool AreSame(JsonNode ours, JsonNode peer) =>
        (double)ours["q_checksum"]! == (double)peer["checksum"]! && (double)ours["mean_return"]! == (double)peer["mean_return"]!;

    public static string Processor()
    {
        const string linux = "/proc/cpuinfo";
        var model = File.Exists(linux)
            ? File.ReadLines(linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores";
    }

    /// <summary>Replaces the table between two marks in <c>bench/README.md</c>.</summary>
    public void Rewrite(string mark, string table)
    {
        string file = Path.Combine(root, "bench", "README.md"), begin = $"<!-- {mark}: begin -->\n", end = $"<!-- {mark}: end -->";
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal) + begin.Length, text.IndexOf(end, StringComparison.Ordinal));
        File.WriteAllText(file, $"{text[..from]}{table.ReplaceLineEndings("\n")}\n{text[to..]}");
    }
}
