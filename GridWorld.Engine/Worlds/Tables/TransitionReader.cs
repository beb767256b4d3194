using System.Collections.Immutable;
using System.Text.Json;

namespace GridWorld;

/// <summary>
/// Reads <c>.mdp.json</c>: Gymnasium's <c>P</c>, the start states, and words and places for the states. Every error names its place.
/// </summary>
internal sealed class TransitionReader
{
    static readonly string[] Known = ["name", "P", "start", "actions", "labels", "positions", "max_steps"];

    readonly ImmutableArray<TableOutcome>.Builder outcomes = ImmutableArray.CreateBuilder<TableOutcome>();
    readonly ImmutableArray<int>.Builder ends = ImmutableArray.CreateBuilder<int>();
    readonly JsonFields fields;
    int states, actions, most;

    TransitionReader(JsonElement root, string source) => fields = new(root, source, "", Known);

    Faults Faults => fields.Faults;

    /// <summary>Whether the object of a file is an MDP.</summary>
    public static bool IsMdp(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("P", out _);

    /// <exception cref="InputException">The object has errors; lists them all.</exception>
    public static (TransitionTable Table, string Name, int? MaxSteps) Read(JsonElement root, string source, string name) =>
        new TransitionReader(root, source).Read(name);

    (TransitionTable Table, string Name, int? MaxSteps) Read(string name)
    {
        fields.Required("start");
        if (fields.Array("P") is { } p)
            ReadRows(p);
        var table = new TransitionTable(states, actions)
        {
            Outcomes = outcomes.ToImmutable(),
            Ends = ends.ToImmutable(),
            Starts = [.. Entries("start", (e, place) => Entry(e, place, "[state, probability]", 2) is { } n
                ? new StartState(Whole(n[0], states, $"{place}[0]"), Probability(n[1], $"{place}[1]")) : default)],
            ActionNames = [.. fields.Strings("actions")],
            Labels = [.. fields.Strings("labels")],
            Positions = [.. Entries("positions", (e, place) => Entry(e, place, "[x, y]", 2) is { } n
                ? new Cell(Whole(n[0], TransitionTable.MaxPlaces, $"{place}[0]"), Whole(n[1], TransitionTable.MaxPlaces, $"{place}[1]"))
                : default)],
        };
        var (label, maxSteps) = (fields.Text("name", name), fields.Integer("max_steps", orNull: true));
        Faults.Require(maxSteps is null or >= 1, $"{fields.Place("max_steps")} must be at least 1, or null (got {maxSteps}).");
        if (states > 0)
            TransitionCheck.Words(table, fields.Place, Faults);
        if (states > 0 && !Faults.Any)
            TransitionCheck.Starts(table, fields.Place, Faults);
        Faults.ThrowIfAny();
        return (table, label.Length == 0 ? name : label, maxSteps);
    }

    void ReadRows(JsonElement p)
    {
        int count = p.GetArrayLength();
        if (count is 0 or > TransitionTable.MaxStates)
        {
            Faults.Add($"{fields.Place("P")} must have 1 to {TransitionTable.MaxStates} states (got {count}).");
            return;
        }

        states = count;
        int s = 0;
        foreach (var row in p.EnumerateArray())
        {
            string place = $"P[{s}]";
            int given = row.ValueKind == JsonValueKind.Array ? row.GetArrayLength() : 0;
            if (s++ == 0)
                actions = Math.Clamp(given, 1, TransitionTable.MaxActions);
            if (given == actions)
                ReadActions(row, place);
            else
                Faults.Add($"{fields.Place(place)} must be a list with one entry per action, "
                    + $"{(s == 1 ? $"1 to {TransitionTable.MaxActions}" : $"{actions} as in P[0]")} (got {given}).");
            if (Faults.IsFull || IsTooLarge())
                return;
        }
    }

    void ReadActions(JsonElement row, string state)
    {
        int a = 0;
        foreach (var list in row.EnumerateArray())
        {
            string place = $"{state}[{a++}]";
            int before = outcomes.Count;
            double sum = 0;
            foreach (var (outcome, i) in Items(list, place).Select((o, i) => (o, i)))
            {
                if (Faults.IsFull || IsTooLarge())
                    return;
                var read = ReadOutcome(outcome, $"{place}[{i}]");
                sum += read.Probability;
                outcomes.Add(read);
            }

            ends.Add(outcomes.Count);
            most = Math.Max(most, outcomes.Count - before);
            Faults.Require(outcomes.Count > before || list.ValueKind != JsonValueKind.Array,
                $"{fields.Place(place)} must have at least one outcome.");
            if (!Faults.Any && Math.Abs(sum - 1) >= 1e-9)
                Faults.Add($"{fields.Place(place)}: the probabilities must add up to 1 (they add up to {Printable.Number(sum)}).");
        }
    }

    TableOutcome ReadOutcome(JsonElement json, string place)
    {
        const string form = "[probability, next_state, reward, terminated]";
        if (Entry(json, place, form, 4) is not { } e)
            return default;
        double? reward = fields.Value($"{place}[2]", e[2]).Number("a finite number", double.IsFinite);
        return new(Probability(e[0], $"{place}[0]"), Whole(e[1], states, $"{place}[1]"), reward ?? 0,
            fields.Value($"{place}[3]", e[3]).Flag() ?? false);
    }

    bool IsTooLarge()
    {
        long all = Math.Max(outcomes.Count, (long)states * actions * most);
        if (all > TransitionTable.MaxOutcomes && !Faults.IsFull)
        {
            Faults.Add($"{fields.Place("P")} is too large: {states} states × {actions} actions × {most} outcomes, the most of a pair, must "
                + $"be at most {TransitionTable.MaxOutcomes}.");
        }

        return all > TransitionTable.MaxOutcomes;
    }

    double Probability(JsonElement json, string place) =>
        fields.Value(place, json).Number("a number between 0 and 1", p => p is >= 0 and <= 1) ?? 0;

    int Whole(JsonElement json, int below, string place) => (int)(fields.Value(place, json).Whole(0, Math.Max(below, 1) - 1) ?? 0);

    JsonElement[]? Entry(JsonElement json, string place, string form, int count)
    {
        if (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == count)
            return [.. json.EnumerateArray()];
        Faults.Add($"{fields.Place(place)} must be {form}.");
        return null;
    }

    IEnumerable<T> Entries<T>(string name, Func<JsonElement, string, T> read) =>
        fields.Array(name) is { } list ? Items(list, name).Select((e, i) => read(e, $"{name}[{i}]")).TakeWhile(_ => !Faults.IsFull) : [];

    IEnumerable<JsonElement> Items(JsonElement json, string place)
    {
        if (json.ValueKind == JsonValueKind.Array)
            return json.EnumerateArray();
        Faults.Add($"{fields.Place(place)} must be a list.");
        return [];
    }
}
