using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>
/// Gymnasium's Taxi-v3, written from its description (gymnasium/envs/toy_text/taxi.py): the same numbers of states and actions, its P, and
/// an independent solver.
/// </summary>
static class TaxiRules
{
    public const int States = 500, Actions = 6, InTaxi = 4;

    static readonly string[] Map = ["+---------+", "|R: | : :G|", "| : | : : |", "| : : : : |", "| | : | : |", "|Y| : |B: |",
        "+---------+"];

    public static readonly (int Row, int Column)[] Stops = [(0, 0), (0, 4), (4, 0), (4, 3)];

    public static int Encode(int row, int column, int passenger, int destination) =>
        ((row * 5 + column) * 5 + passenger) * 4 + destination;

    public static (int Row, int Column, int Passenger, int Destination) Decode(int state) =>
        (state / 100, state / 20 % 5, state / 4 % 5, state % 4);

    public static (int Next, int Reward, bool Terminated) Step(int state, int action)
    {
        var (row, column, passenger, destination) = Decode(state);
        int stop = Array.IndexOf(Stops, (row, column));
        bool isIn = passenger == InTaxi;
        return action switch
        {
            0 => (Encode(Math.Min(row + 1, 4), column, passenger, destination), -1, false),
            1 => (Encode(Math.Max(row - 1, 0), column, passenger, destination), -1, false),
            2 => (Encode(row, Map[row + 1][2 * column + 2] == ':' ? column + 1 : column, passenger, destination), -1, false),
            3 => (Encode(row, Map[row + 1][2 * column] == ':' ? column - 1 : column, passenger, destination), -1, false),
            4 when !isIn && stop == passenger => (Encode(row, column, InTaxi, destination), -1, false),
            5 when isIn && stop == destination => (Encode(row, column, destination, destination), 20, true),
            5 when isIn && stop >= 0 => (Encode(row, column, stop, destination), -1, false),
            _ => (state, -10, false),
        };
    }

    public static int[] Starts() => [.. Enumerable.Range(0, States).Where(s => Decode(s) is var d && d.Passenger < 4
        && d.Passenger != d.Destination)];

    /// <summary>What Python's json.dumps writes of P as lists.</summary>
    public static JsonArray P() => [.. Enumerable.Range(0, States).Select(s => new JsonArray([.. Enumerable.Range(0, Actions).Select(a =>
    {
        var (next, reward, terminated) = Step(s, a);
        return new JsonArray(new JsonArray(1.0, next, reward, terminated));
    })]))];

    public static string MdpJson()
    {
        int[] starts = Starts();
        return new JsonObject
        {
            ["name"] = "Taxi-v3",
            ["P"] = P(),
            ["start"] = new JsonArray([.. starts.Select(s => new JsonArray(s, 1.0 / starts.Length))]),
            ["labels"] = new JsonArray([.. Enumerable.Range(0, States).Select(s => Decode(s) is var d
                ? JsonValue.Create($"passenger {d.Passenger}, destination {d.Destination}") : null)]),
            ["positions"] = new JsonArray([.. Enumerable.Range(0, States).Select(s => new JsonArray(Decode(s).Column, Decode(s).Row))]),
            ["actions"] = new JsonArray("south", "north", "east", "west", "pickup", "dropoff"),
            ["max_steps"] = 200,
        }.ToJsonString();
    }

    /// <summary>Value iteration, until nothing changes. No state but the four that end an episode keeps a loop of its own.</summary>
    public static double[] OptimalValues(double discount)
    {
        var values = new double[States];
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int s = 0; s < States; s++)
            {
                double best = Enumerable.Range(0, Actions).Max(a => Step(s, a) is var (next, reward, terminated)
                    ? reward + (terminated ? 0 : discount * values[next]) : 0);
                changed |= Math.Abs(best - values[s]) > 1e-13;
                values[s] = best;
            }
        }

        return values;
    }
}
