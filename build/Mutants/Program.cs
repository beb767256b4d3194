// dotnet run --project build/Mutants -c Release -- [SEED [COUNT [ROOM...]]]
// It needs the tests of the Engine, built in Release, and overwrites artifacts/mutants.

using System.Diagnostics;
using System.Globalization;
using GridWorld.Build;

string[] allRooms = ["Learning", "Planning", "Statistics", "Storage", "Runs"];
var end = TimeSpan.FromMinutes(30);
string root = Directory.GetCurrentDirectory();
ulong seed = args is [var given, ..] ? ulong.Parse(given, CultureInfo.InvariantCulture) : (ulong)Stopwatch.GetTimestamp() % 1_000_000_000;
int count = args is [_, var number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 40;
string[] rooms = args is [_, _, _, ..] ? args[2..] : allRooms;
var watch = Stopwatch.StartNew();
Console.WriteLine($"long mutants: seed {seed}, up to {count} mutants of each room, for at most {end.TotalMinutes} minutes");

Shell.CompileLess();
var engine = new MutableEngine(new Shell(root), root);
var tests = new EngineTests(root);
List<Mutant> all = [];
foreach (string room in rooms)
    all.AddRange(engine.MutantsOf(room, all.Count + 1));
var sites = all.CountBy(mutant => mutant.Room).ToDictionary();
// One mutation of a place: the switch of a second one could not see the first.
var candidates = all.OrderBy(mutant => mutant.Rank(seed)).DistinctBy(mutant => mutant.Mutation.Original).ToList();
List<Mutant> sample;
for (; ; )
{
    sample = [.. candidates.GroupBy(mutant => mutant.Room).SelectMany(room => room.Take(count))];
    var faulty = engine.Write(Path.Combine(tests.Folder, "GridWorld.Engine.dll"), sample);
    if (faulty.Count == 0)
        break;
    Console.WriteLine($"{faulty.Count} of {sample.Count} do not compile, others take their places ({watch.Elapsed.TotalSeconds:F0} s)");
    candidates.RemoveAll(mutant => faulty.Contains(mutant.Number));
}

Dictionary<string, TimeSpan> limits = [];
foreach (string room in rooms)
{
    var begun = watch.Elapsed;
    if (tests.Pass(room, mutant: 0, TimeSpan.FromMinutes(10)) != true)
        throw new StepFailed($"The tests of {room} do not pass without a mutant.");
    Console.WriteLine($"{room}: {sites[room]} mutants; the tests take {(watch.Elapsed - begun).TotalSeconds:F0} s");
    limits[room] = 3 * (watch.Elapsed - begun) + TimeSpan.FromSeconds(20);
}

// The rooms take turns, so that all have had the same number if the time ends.
List<(Mutant Mutant, bool? IsAlive)> tried = [];
foreach (var mutant in sample.GroupBy(mutant => mutant.Room).SelectMany(room => room.Index()).OrderBy(m => m.Index).Select(m => m.Item))
{
    if (watch.Elapsed > end)
        break;
    bool? isAlive = tests.Pass(mutant.Room, mutant.Number, limits[mutant.Room]);
    tried.Add((mutant, isAlive));
    string fate = isAlive switch { true => "survives", false => "fails a test", null => "runs out of time" };
    Console.WriteLine($"{fate}: mutant {mutant.Number}, {mutant.Text}");
}

foreach (var room in tried.GroupBy(t => t.Mutant.Room))
{
    Console.WriteLine(
        $"{room.Key}: {sites[room.Key]} mutants, {room.Count()} tried, {room.Count(t => t.IsAlive == false)} failed a test,"
        + $" {room.Count(t => t.IsAlive is null)} ran out of time, {room.Count(t => t.IsAlive == true)} survive");
}

Console.WriteLine($"long mutants: {tried.Count} of {sample.Count} in {watch.Elapsed.TotalMinutes:F0} minutes");
