// dotnet run --project build/Mutants -c Release -- [SEED [COUNT [ROOM...]]]
// It needs the tests of the Engine, built in Release, and overwrites artifacts/mutants.

using System.Diagnostics;
using System.Globalization;
using GridWorld.Build;

string[] allRooms = ["Learning", "Planning", "Statistics", "Storage", "Runs"];
var end = TimeSpan.FromMinutes(30);
// Tests of other rooms notice much, but those that take long would take all of the time.
var longestElsewhere = TimeSpan.FromSeconds(5);
string root = Directory.GetCurrentDirectory();
ulong seed = args is [var given, ..] ? ulong.Parse(given, CultureInfo.InvariantCulture) : (ulong)Stopwatch.GetTimestamp() % 1_000_000_000;
int count = args is [_, var number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 40;
string[] rooms = args is [_, _, _, ..] ? args[2..] : allRooms;
var watch = Stopwatch.StartNew();
Console.WriteLine($"long mutants: seed {seed}, up to {count} mutants of each room, for about {end.TotalMinutes} minutes");

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

// Only tests that reach a mutant can notice it.
var classes = tests.Record(rooms, all.Count);
Console.WriteLine($"{classes.Count} classes of tests recorded ({watch.Elapsed.TotalMinutes:F0} minutes)");

// The rooms take turns, so that all have had the same number if the time ends.
List<(Mutant Mutant, string Fate)> tried = [];
foreach (var mutant in sample.GroupBy(mutant => mutant.Room).SelectMany(room => room.Index()).OrderBy(m => m.Index).Select(m => m.Item))
{
    if (watch.Elapsed > end)
        break;
    string fate = Fate(mutant, out string by);
    tried.Add((mutant, fate));
    Console.WriteLine($"{fate}{by}: mutant {mutant.Number}, {mutant.Text}");
}

foreach (var room in tried.GroupBy(t => t.Mutant.Room))
{
    var fates = room.CountBy(t => t.Fate).OrderBy(fate => fate.Key, StringComparer.Ordinal).Select(fate => $"{fate.Value} {fate.Key}");
    Console.WriteLine($"{room.Key}: {sites[room.Key]} mutants, {room.Count()} tried: {string.Join(", ", fates)}");
}

Console.WriteLine($"long mutants: {tried.Count} of {sample.Count} in {watch.Elapsed.TotalMinutes:F0} minutes");

// The tests of the mutant's own room come first, and of these the quickest.
string Fate(Mutant mutant, out string by)
{
    var reach = classes.Where(c => c.Reached.Contains(mutant.Number) && (c.Room == mutant.Room || c.Time < longestElsewhere))
        .OrderBy(c => c.Room != mutant.Room).ThenBy(c => c.Time).ToList();
    foreach (var tried in reach)
    {
        by = $" of {tried.Name}";
        if (tests.Pass(tried.Name, mutant.Number, tried.Limit) is not true and var passes)
            return passes is null ? "exceeds the time" : "fails a test";
    }

    by = "";
    return reach.Count == 0 ? "is not reached" : "survives";
}
