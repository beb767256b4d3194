using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace GridWorld.Tests;

/// <summary>Every message arrives as it was sent.</summary>
public sealed class MessagesTests
{
    static readonly Serializer serializer = new ServiceCollection()
        .AddSerializer(s => s.AddAssembly(typeof(ISweepGrain).Assembly)).BuildServiceProvider().GetRequiredService<Serializer>();

    static readonly UnitId unit = new(3, ulong.MaxValue - 1, 2);
    static readonly Finished finished = new(unit, true, 40, 5_000, double.NaN, -13.5, double.PositiveInfinity, -0.0, null, "abc", "why",
        [1, 2, 3]);

    public static TheoryData<object> Messages =>
    [
        unit, finished, new StatePart(unit, 7, 1, 2, [4, 5]), new UnitOrder(unit, 500, true, true),
        new TrialOrder(3, "hash", "{}", 500, null), new TrialOrder(3, "hash", "{}", null, 9),
        new Report("id", "name", "silo", "1", "x64", "token", "sweep", 2, 5, [unit], [finished], [unit, unit], 3, 1.5),
        new Orders("why", true, true, true, "sweep", "mean_return", [unit], [unit], [new(3, "hash", "{}", 500, 9)],
            [new(unit, 500, false, true)]),
    ];

    // Records with arrays are compared by what they print, arrays by their elements.
    [Theory, MemberData(nameof(Messages), DisableDiscoveryEnumeration = true)]
    public void Message_arrives_as_it_was_sent(object message)
    {
        object? arrived = serializer.Deserialize<object>(serializer.SerializeToArray<object>(message));

        Assert.Equal(Text(message), Text(arrived));
    }

    [Fact]
    public void Every_message_is_tried_here() => Assert.Equal(
        typeof(ISweepGrain).Assembly.GetTypes().Where(t => t.GetCustomAttribute<GenerateSerializerAttribute>() is not null)
            .Select(t => t.Name).Order(), Messages.Select(m => m.Data.GetType().Name).Distinct().Order());

    [Fact]
    public void Result_keeps_every_bit()
    {
        var result = new SeedResult(5, TrialState.Done, 40, 5_000, -0.1, -13.5, 0.1 + 0.2, double.Epsilon, null, "abc", null);
        var curve = new SeedCurve();
        curve.Add(-3, 3);

        var outcome = Finished.Of(unit with { Seed = 5 }, new(result, curve, null)).Outcome;

        Assert.Equal(result, outcome.Result);
        StateWriter sent = new(), arrived = new();
        curve.Save(sent);
        outcome.Curve!.Save(arrived);
        Assert.Equal(sent.Hash(), arrived.Hash());
    }

    static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        double number => BitConverter.DoubleToInt64Bits(number).ToString("x", System.Globalization.CultureInfo.InvariantCulture),
        System.Collections.IEnumerable many => $"[{string.Join(",", many.Cast<object>().Select(Text))}]",
        _ when value.GetType().Assembly == typeof(ISweepGrain).Assembly => value.GetType().Name + string.Join(",",
            value.GetType().GetProperties().Where(p => p.GetCustomAttribute<IdAttribute>() is not null)
                .Select(p => $"{p.Name}={Text(p.GetValue(value))}")),
        _ => $"{value}",
    };
}
