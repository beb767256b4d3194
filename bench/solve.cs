#:property PublishAot=false
#:project ../build/GridWorld.Build.csproj
// Exact values of slippery worlds beside plain value iteration in C: dotnet run bench/solve.cs -- [ROUNDS [PROGRAM]]
// PROGRAM is an installed gridworld command. Default: the one that was built last.

using System.Globalization;
using System.Text.Json.Nodes;
using GridWorld.Build;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int rounds = args.Length > 0 ? int.Parse(args[0]) : 3;
string root = Path.GetDirectoryName((string)AppContext.GetData("EntryPointFileDirectoryPath")!)!;
string scratch = Directory.CreateTempSubdirectory("gridworld-bench-").FullName;
var peers = new Peers(new Shell(root), root, args.ElementAtOrDefault(1));
if (!peers.HasCompiler)
    return;
try
{
    string peer = peers.Compile("value_iteration.c");
    Console.WriteLine("| states | discount | gridworld, s | C, s | ratio to C | start values differ by |\n|---|---|---|---|---|---|");
    foreach (int width in new[] { 200, 400, 1000 })
    {
        string world = Path.Combine(scratch, $"slippery-{width}.world.json");
        File.WriteAllText(world, World(width));
        foreach (string discount in new[] { "0.99", "0.999", "1" })
        {
            List<(double Seconds, double Value)> ours = [], c = [];
            for (int round = 0; round < rounds; round++)
            {
                c.Add(Result(peers.Measure(peer, $"{width}", discount, "0.2")));
                ours.Add(Result(peers.Command("solve", "--world", world, "--discount-factor", discount)));
            }

            double own = Peers.Median(ours.Select(m => m.Seconds)), other = Peers.Median(c.Select(m => m.Seconds));
            Console.WriteLine($"| {width * width:N0} | {discount} | {own:F2} | {other:F2} | {other / own:F1}× "
                + $"| {Math.Abs(ours[0].Value - c[0].Value):E0} |");
        }
    }
}
finally
{
    Directory.Delete(scratch, recursive: true);
}

static (double Seconds, double Value) Result(JsonNode answer) => ((double)answer["seconds"]!, (double)answer["start_value"]!);

// Start in one corner, goal in the opposite one.
static string World(int width)
{
    var rows = new JsonArray();
    for (int y = 0; y < width; y++)
        rows.Add((y == 0 ? "S" : ".") + new string('.', width - 2) + (y == width - 1 ? "G" : "."));
    return new JsonObject { ["map"] = rows, ["slip"] = 0.2 }.ToJsonString();
}
