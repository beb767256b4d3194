namespace GridWorld;

/// <summary>
/// The part of a state that is not the cell: the keys that the agent has, one bit each, then the passenger's stop (the last value means in
/// the taxi) and destination. A world without keys and passenger has one mode.
/// </summary>
internal sealed class WorldModes
{
    readonly KeyValuePair<char, char>[] keys;
    readonly Passenger? passenger;
    readonly int[] stops;

    /// <param name="rules">The rules.</param>
    /// <param name="map">The characters of the map, row by row, in which each stop occurs once.</param>
    public WorldModes(WorldRules rules, string map)
    {
        (keys, passenger) = ([.. rules.Keys], rules.Passenger);
        stops = [.. (passenger?.Stops ?? "").Select(stop => map.IndexOf(stop))];
    }

    public static long CountOf(WorldRules rules) =>
        (1L << rules.Keys.Count) * (rules.Passenger is { Stops.Length: var n } ? (n + 1L) * n : 1);

    public int Count => (1 << keys.Length) * Rides;

    int Rides => passenger is null ? 1 : (stops.Length + 1) * stops.Length;

    /// <summary>The modes in which episodes start: without keys, and with the passenger at one stop and its destination another.</summary>
    public int[] Starts => passenger is null ? [0] : [.. Enumerable.Range(0, Rides).Where(mode => Place(mode) < stops.Length
        && Place(mode) != Destination(mode))];

    /// <summary>The tiles that are walls in a mode: doors without a key in hand.</summary>
    public string Closed(int mode) => string.Concat(keys.Where(k => !keys.Any(other => other.Value == k.Value && Has(mode, other)))
        .Select(k => k.Value).Distinct());

    /// <summary>The mode after the agent entered a cell with this tile.</summary>
    public int Enter(int mode, char tile)
    {
        int key = Array.FindIndex(keys, k => k.Key == tile);
        return key < 0 ? mode : mode | 1 << key;
    }

    /// <summary>
    /// The result of picking the passenger up (0) or letting it get off (1) in a cell: the rules of Taxi (Dietterich, Hierarchical
    /// Reinforcement Learning with the MAXQ Value Function Decomposition, 2000; Gymnasium, taxi.py).
    /// </summary>
    public (int Mode, double Reward, bool Ends) Serve(int mode, int cell, int action, double stepReward)
    {
        int stop = Array.IndexOf(stops, cell), place = Place(mode), destination = Destination(mode);
        if (action == 0 && stop >= 0 && stop == place)
            return (With(mode, stops.Length), stepReward, false);
        if (action == 1 && stop >= 0 && place == stops.Length)
            return (With(mode, stop), stop == destination ? passenger!.Reward : stepReward, stop == destination);
        return (mode, passenger!.Illegal, false);
    }

    /// <summary>The modes and cells in which the passenger gets off at its destination.</summary>
    public IEnumerable<(int Mode, int Cell)> Arrivals => passenger is null ? [] :
        from mode in Enumerable.Range(0, Count)
        where Place(mode) == Destination(mode)
        select (mode, stops[Destination(mode)]);

    /// <summary>A mode in words, such as "with key k" or "passenger at r, to g".</summary>
    public string Name(int mode)
    {
        var words = new List<string>();
        if (keys.Length > 0)
        {
            string held = string.Join(", ", keys.Where(k => Has(mode, k)).Select(k => k.Key));
            words.Add(held.Length == 0 ? "without a key" : $"with key {held}");
        }

        if (passenger is not null)
        {
            words.Add(Place(mode) == stops.Length ? "passenger in the taxi" : $"passenger at {passenger.Stops[Place(mode)]}");
            words.Add($"to {passenger.Stops[Destination(mode)]}");
        }

        return string.Join(", ", words);
    }

    bool Has(int mode, KeyValuePair<char, char> key) => (mode >> Array.IndexOf(keys, key) & 1) != 0;

    int Ride(int mode) => mode >> keys.Length;

    int Place(int mode) => Ride(mode) / stops.Length;

    int Destination(int mode) => Ride(mode) % stops.Length;

    int With(int mode, int place) => (place * stops.Length + Destination(mode) << keys.Length) | mode & (1 << keys.Length) - 1;
}
