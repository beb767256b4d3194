#:property PublishAot=false
#:project build/GridWorld.Build.csproj
// The only build command, for developers and CI: dotnet run build.cs <target>

using System.Diagnostics;
using System.Globalization;
using GridWorld.Build;

const string Help = """
    dotnet run build.cs <target>

      widget   install npm packages and bundle the widget, if its sources changed
      build    build the solution in Release, including the widget
      test     set up, build and run every test; the last lines name the tests that failed
      long     run one test in its long form, up to half an hour; without a name, list these tests
      pack     pack into artifacts/packages, under a new version, the tool for this platform; pack all: for every platform
      docs     write docs/reference from the doc comments, and all pages as a site into artifacts/site
      feed     pack, and add artifacts/packages to your NuGet sources, so that #r "nuget:GridWorld.Interactive" finds it
      unfeed   remove that source
      audit    look for packages with known vulnerabilities, and list all that is shipped (CycloneDX) in artifacts/sbom
      bench    compare the speed with the C and numba programs in bench/peers
      clean    delete build output
    """;
const string FeedName = "gridworld-local";
string root = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
string packages = Path.Combine(root, "artifacts", "packages"), results = Path.Combine(root, "artifacts", "test-results");
// These test projects mostly wait, or run one test at a time. They run beside the others.
string[] calm = ["GridWorld.Build.Tests", "GridWorld.Cli.Tests", "GridWorld.Cluster.Tests"];
var shell = new Shell(root);
var watch = Stopwatch.StartNew();
try
{
    switch (args)
    {
        case ["widget"]: Widget(); break;
        case ["build"]: Build(); break;
        case ["test"]: return Test();
        case ["long", .. var named] when LongTest.Of(named) is { } test: Long(test, named); break;
        case ["long", ..]: Console.Error.WriteLine(LongTest.Help); return 2;
        case ["pack"]: Pack("own"); break;
        case ["pack", "all"]: Pack("all"); break;
        case ["docs"]: Docs(); break;
        case ["feed"]: Pack("own"); Feed(); break;
        case ["unfeed"]: Unfeed(); break;
        case ["audit"]: Audit.Run(shell, new Shell(Path.Combine(root, "GridWorld.Interactive", "widget")), root); break;
        case ["bench"]: Build(); shell.Run("dotnet", "run", "bench/bench.cs"); break;
        case ["clean"]: Clean(); break;
        default: Console.Error.WriteLine(Help); return args is [] or ["help" or "--help" or "-h"] ? 0 : 2;
    }

    Console.WriteLine($"{args[0]}: done in {watch.Elapsed.TotalSeconds:F0} s");
    return 0;
}
catch (StepFailed failure)
{
    Console.Error.WriteLine($"{args[0]}: {failure.Message}");
    return 1;
}

void Widget() => shell.Run("dotnet", "msbuild", "GridWorld.Interactive/Widget.targets", "-t:BuildWidget", "-nologo", "-v:minimal");

void Build() => shell.Run("dotnet", "build", "GridWorld.sln", "-c", "Release", "-nologo", "-v:minimal");

void Docs() => shell.Run("dotnet", "run", "--project", "build/Reference", "-c", "Release");

void Long(LongTest test, string[] named)
{
    shell.Run("dotnet", "build", $"tests/{test.Project}", "-c", "Release", "-nologo", "-v:minimal");
    if (test.Name == "cut")
        Browser.Provide(shell, root);
    test.Run(shell, named);
}

// 0.1.(commits).(time of the commit, or now if there are changes): new with each change, because notebook kernels and NuGet keep the first
// package of a version that they load, and the same for the same commit, whose packages have the same bytes.
void Pack(string platforms)
{
    long Git(params string[] ask) => long.TryParse(shell.Ask("git", ask), CultureInfo.InvariantCulture, out long number) ? number : 0;
    bool isCommitted = shell.Ask("git", "status", "--porcelain")?.Trim() is "";
    long time = isCommitted ? Git("log", "-1", "--format=%ct") : TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
    string version = $"0.1.{Git("rev-list", "--count", "HEAD")}.{time}";
    foreach (string project in new[] { "GridWorld.Engine", "GridWorld.Interactive", "GridWorld.Cli", "GridWorld.Templates" })
        shell.Run("dotnet", "pack", project, "-c", "Release", "-nologo", "-v:minimal", $"-p:Version={version}",
            $"-p:ToolPlatforms={platforms}", "-o", packages);
    // Keep the last few versions for open notebooks, but no more: the tool alone is 10 MB per version.
    var old = Directory.GetFiles(packages).GroupBy(file => $"{Path.GetFileName(file).Split(".0.")[0]}{Path.GetExtension(file)}")
        .SelectMany(kind => kind.OrderByDescending(File.GetLastWriteTimeUtc).Skip(5));
    foreach (string file in old)
        File.Delete(file);
    Console.WriteLine($"packed {version} into {packages}");
}

void Feed()
{
    if (IsFed())
        shell.Run("dotnet", "nuget", "update", "source", FeedName, "--source", packages);
    else
        shell.Run("dotnet", "nuget", "add", "source", packages, "--name", FeedName);
}

void Unfeed()
{
    if (IsFed())
        shell.Run("dotnet", "nuget", "remove", "source", FeedName);
    else
        Console.WriteLine($"There is no NuGet source named {FeedName}.");
}

bool IsFed() => shell.Ask("dotnet", "nuget", "list", "source")?.Contains(FeedName, StringComparison.Ordinal) ?? false;

void Clean()
{
    // Keep build/: this program runs on it.
    string[] made = ["artifacts", "bin", "obj", "TestResults", "node_modules", "dist"];
    string[] places = ["", "bench", "notebooks", "GridWorld.Interactive/widget", .. Directory.GetDirectories(root, "GridWorld.*"),
        .. Directory.GetDirectories(Path.Combine(root, "tests"), "GridWorld.*")];
    foreach (string folder in places.SelectMany(place => made.Select(name => Path.Combine(root, place, name))).Where(Directory.Exists))
        Directory.Delete(folder, recursive: true);
}

// Run everything, then report the total.
int Test()
{
    shell.EndsAfter = TimeSpan.FromMinutes(38);
    Shell.CompileLess();
    if (Directory.Exists(results))
        Directory.Delete(results, recursive: true);
    Directory.CreateDirectory(results);
    Widget();
    var widget = Task.Run(WidgetTests);
    Build();
    Browser.Provide(shell, root);
    shell.Run("dotnet", "tool", "restore");
    var projects = Directory.GetFiles(Path.Combine(root, "tests"), "*.Tests.csproj", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).ToLookup(project => calm.Contains(Path.GetFileNameWithoutExtension(project)));
    var aside = new Shell(root) { EndsAfter = shell.EndsAfter - watch.Elapsed, IsAside = true };
    var beside = Task.Run(() => projects[true].Select(project => DotnetTests(project, aside)).ToList());
    var reports = projects[false].Select(project => DotnetTests(project, shell)).ToList();
    reports.AddRange(beside.GetAwaiter().GetResult());
    reports.AddRange(widget.GetAwaiter().GetResult());

    foreach (var (name, report) in reports)
        Console.WriteLine($"{string.Concat(report.Failures.Select(failed => $"\nfailed: {failed}\n"))}{name}: {report}");
    int failed = reports.Sum(r => r.Report.Failures.Count);
    Console.WriteLine(
        $"test: {watch.Elapsed.TotalMinutes:F1} minutes, {reports.Sum(r => r.Report.Passed)} passed, {failed} failed,"
        + $" {reports.Sum(r => r.Report.Skipped)} skipped");
    return failed == 0 ? 0 : 1;
}

(string Name, Report Report) DotnetTests(string project, Shell by)
{
    string name = Path.GetFileNameWithoutExtension(project);
    string? fault = by.Try(12, "dotnet", Path.Combine(Path.GetDirectoryName(project)!, "bin", "Release", "net10.0", $"{name}.dll"),
        "--ansi", "off", "--progress", "off", "--show-slowest-tests", "3", "--long-running", "120",
        "--results-directory", results, "--report-xunit-junit", "--report-xunit-junit-filename", $"{name}.xml");
    return (name, Report.Of(Path.Combine(results, $"{name}.xml"), fault));
}

List<(string Name, Report Report)> WidgetTests()
{
    var npm = new Shell(Path.Combine(root, "GridWorld.Interactive", "widget")) { EndsAfter = shell.EndsAfter, IsAside = true };
    string junit = Path.Combine(results, "widget.xml");
    string? check = npm.Try(5, "npm", "run", "check"), lint = npm.Try(5, "npm", "run", "lint");
    string? test = npm.Try(5, "npm", "test", "--", "--reporter=default", "--reporter=junit", $"--outputFile.junit={junit}");
    return [.. new[] { ("npm run check", check), ("npm run lint", lint) }.Where(step => step.Item2 is not null)
        .Select(step => ($"widget: {step.Item1}", new Report(0, 0, [step.Item2!]))), ("widget", Report.Of(junit, test))];
}
