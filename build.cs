#:property PublishAot=false
#:project build/GridWorld.Build.csproj
// The only build command, for developers and CI: dotnet run build.cs <target>

using System.Diagnostics;
using GridWorld.Build;

const string Help = """
    dotnet run build.cs <target>

      widget   install npm packages and bundle the widget, if its sources changed
      build    build the solution in Release, including the widget
      test     set up, build, pack and run every test; the last line is the total
      long     run one test in its long form, up to half an hour; without a name, list these tests
      pack     pack into artifacts/packages, under a new version
      docs     write docs/reference from the doc comments
      feed     pack, and add artifacts/packages to your NuGet sources, so that #r "nuget:GridWorld.Interactive" finds it
      unfeed   remove that source
      bench    compare the speed with the C and numba programs in bench/peers
      clean    delete build output
    """;
const string FeedName = "gridworld-local";
var target = args is ["long", ..] or [_] ? args[0] : "";
var root = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var packages = Path.Combine(root, "artifacts", "packages");
var widget = Path.Combine(root, "GridWorld.Interactive", "widget");
var hasWidget = File.Exists(Path.Combine(widget, "package.json"));
var total = Stopwatch.StartNew();
var shell = new Shell(root);

try
{
    switch (target)
    {
        case "widget": Widget(); break;
        case "build": Build(); break;
        case "test": return Test();
        case "long" when LongTest.Of(args[1..]) is { } test: Long(test); break;
        case "long": Console.Error.WriteLine(LongTest.Help); return 2;
        case "pack": Build(); Pack(); break;
        case "docs": Build(); Docs(); break;
        case "feed": Build(); Pack(); Feed(); break;
        case "unfeed": Unfeed(); break;
        case "bench": Build(); shell.Run("dotnet", "run", "bench/bench.cs"); break;
        case "clean": Clean(); break;
        default: Console.Error.WriteLine(Help); return args is [] or ["help" or "--help" or "-h"] ? 0 : 2;
    }
    Console.WriteLine($"{target}: done in {total.Elapsed.TotalSeconds:F0} s");
    return 0;
}
catch (StepFailed failure)
{
    Console.Error.WriteLine($"{target}: {failure.Message}");
    return 1;
}

// ---- steps

void Widget()
{
    NeedTools();
    shell.Run("dotnet", "msbuild", "GridWorld.Interactive/Widget.targets", "-t:BuildWidget", "-nologo", "-v:minimal");
}

void Build()
{
    NeedTools();
    Environment.SetEnvironmentVariable(PackageVersion.Variable, PackageVersion.Next(shell, packages));
    shell.Run("dotnet", "build", "GridWorld.sln", "-c", "Release", "-nologo", "-v:minimal");
}

void Pack()
{
    shell.Run("dotnet", "pack", "GridWorld.sln", "-c", "Release", "--no-build", "-nologo", "-v:minimal", "-o", packages);
    foreach (var old in new[] { "Engine", "Interactive", "Cli" }.SelectMany(Older)) File.Delete(old);
    Console.WriteLine($"packed {Environment.GetEnvironmentVariable(PackageVersion.Variable)} into {packages}");
}

void Long(LongTest test)
{
    if (test.Needs == "packages")
    {
        Build();
        Pack();
    }
    else
    {
        NeedTools();
        shell.Run("dotnet", "build", $"tests/{test.Project}", "-c", "Release", "-nologo", "-v:minimal");
    }

    if (test.Needs == "browser") Browser.Provide(shell, root);
    test.Run(shell, args[1..]);
}

// Keep the last few versions for open notebooks, but no more: the tool alone is 20 MB per version.
IEnumerable<string> Older(string project) =>
    new[] { "nupkg", "snupkg" }.SelectMany(kind => Directory.GetFiles(packages, $"GridWorld.{project}.*.{kind}").OrderByDescending(File.GetLastWriteTimeUtc).Skip(5));

// The tests that compare the reference with the doc comments can also write it.
void Docs()
{
    Environment.SetEnvironmentVariable("GRIDWORLD_ACCEPT_DOCS", "1");
    shell.Run("dotnet", Path.Combine(root, "tests", "GridWorld.Notebooks.Tests", "bin", "Release", "net10.0", "GridWorld.Notebooks.Tests.dll"), "--filter-class", "*ReferenceTests");
}

void Feed()
{
    if (IsFed()) shell.Run("dotnet", "nuget", "update", "source", FeedName, "--source", packages);
    else shell.Run("dotnet", "nuget", "add", "source", packages, "--name", FeedName);
}

void Unfeed()
{
    if (IsFed()) shell.Run("dotnet", "nuget", "remove", "source", FeedName);
    else Console.WriteLine($"There is no NuGet source named {FeedName}.");
}

bool IsFed() => shell.Ask("dotnet", "nuget", "list", "source")?.Contains(FeedName, StringComparison.Ordinal) ?? false;

void Clean()
{
    string[] made = ["artifacts", "bin", "obj", "TestResults", "node_modules", "dist"];
    // Keep build/: this program runs on it.
    string[] places = ["", "bench", "notebooks", "GridWorld.Interactive/widget",
        .. new[] { root, Path.Combine(root, "tests") }.SelectMany(place => Directory.GetDirectories(place, "GridWorld.*"))];
    foreach (var folder in places.SelectMany(place => made.Select(name => Path.Combine(root, place, name))).Where(Directory.Exists))
    {
        Console.WriteLine($"> remove {Path.GetRelativePath(root, folder)}");
        Directory.Delete(folder, recursive: true);
    }
}

void NeedTools()
{
    var missing = new List<string>();
    if (Major(shell.Ask("dotnet", "--version")) is var sdk and < 10)
        missing.Add($"the .NET 10 SDK ({(sdk < 0 ? "no 'dotnet' on PATH" : $"'dotnet' on PATH is version {sdk}")}): https://dotnet.microsoft.com/download");
    if (hasWidget && Major(shell.Ask("node", "--version")) is var node and < 20)
        missing.Add($"Node.js 20 or newer to build the widget ({(node < 0 ? "no 'node' on PATH" : $"'node' on PATH is version {node}")}): https://nodejs.org");
    if (hasWidget && shell.Ask("npm", "--version") is null)
        missing.Add("npm, which comes with Node.js (no 'npm' on PATH)");
    if (missing.Count > 0) throw new StepFailed("missing: " + string.Join("; ", missing));
}

static int Major(string? version) => int.TryParse(version?.TrimStart('v').Split('.')[0], out var major) ? major : -1;

// ---- test: run everything, then report the total

int Test()
{
    var results = Path.Combine(root, "artifacts", "test-results");
    if (Directory.Exists(results)) Directory.Delete(results, recursive: true);
    Directory.CreateDirectory(results);
    var sum = new Tally();
    var lines = new List<string>();
    var failures = new List<string>();

    shell.EndsAfter = TimeSpan.FromMinutes(38);

    if (Step("set-up", Widget))
    {
        var widgetTests = hasWidget ? WidgetTests() : Task.CompletedTask;
        var built = Step("build", Build);
        if (built)
        {
            Step("browser", () => Browser.Provide(shell, root));
            Step("kernel", () => shell.Run("dotnet", "tool", "restore"));
            Step("pack", Pack);
        }
        widgetTests.Wait();
        if (built)
            foreach (var project in Directory.GetFiles(Path.Combine(root, "tests"), "*.Tests.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal)) DotnetTests(project);
        if (sum is { Passed: 0, Failed: 0 }) Step("test", () => throw new StepFailed("no test ran"));
    }

    foreach (var failed in failures) Console.WriteLine($"\nfailed: {failed}");
    Console.WriteLine($"\ntest: {total.Elapsed.TotalMinutes:F1} minutes\n  {string.Join("\n  ", lines)}\n{sum}");
    return sum.Failed == 0 ? 0 : 1;

    bool Step(string what, Action step)
    {
        try
        {
            step();
            return true;
        }
        catch (StepFailed failure)
        {
            Add(what, Report.Empty, failure);
            return false;
        }
    }

    void Add(string what, Report report, StepFailed? failure)
    {
        var part = report.Tally;
        // A step that crashed, timed out or reported nothing has failed, even if its report lists no failures.
        if ((failure is not null || part is { Passed: 0, Skipped: 0 }) && part.Failed == 0) part += new Tally(0, 1);
        lock (lines)
        {
            sum += part;
            failures.AddRange(report.Failures);
            lines.Add($"{what}: {part}{(failure is null ? "" : $" ({failure.Message})")}");
        }
    }

    void DotnetTests(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var failure = shell.Try(TimeSpan.FromMinutes(12), "dotnet", Path.Combine(Path.GetDirectoryName(project)!, "bin", "Release", "net10.0", $"{name}.dll"),
            "--ansi", "off", "--progress", "off", "--show-slowest-tests", "3", "--long-running", "120",
            "--results-directory", results, "--report-xunit-xml", "--report-xunit-xml-filename", $"{name}.xml");
        Add(name, Report.OfXunit(Path.Combine(results, $"{name}.xml")), failure);
    }

    async Task WidgetTests()
    {
        var npm = new Shell(widget) { EndsAfter = shell.EndsAfter };
        var limit = TimeSpan.FromMinutes(5);
        var report = Path.Combine(results, "widget.json");
        var check = await npm.TryAside(limit, "npm", "run", "check");
        var lint = await npm.TryAside(limit, "npm", "run", "lint");
        var test = await npm.TryAside(limit, "npm", "test", "--", "--reporter=default", "--reporter=json", $"--outputFile.json={report}");
        if (check is not null) Add("widget: npm run check", Report.Empty, check);
        if (lint is not null) Add("widget: npm run lint", Report.Empty, lint);
        Add("widget", Report.OfVitest(report), test);
    }
}
