using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GridWorld.Tests;

/// <summary>What listeners to the meter and the activity source hear.</summary>
sealed class Heard : IDisposable
{
    readonly MeterListener meters = new();
    readonly ActivityListener activities = new()
    {
        ShouldListenTo = source => source.Name == GridWorld.Telemetry.Name,
        Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public Heard()
    {
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == GridWorld.Telemetry.Name)
                listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        meters.Start();
        activities.ActivityStopped = Activities.Add;
        ActivitySource.AddActivityListener(activities);
    }

    public ConcurrentBag<(Instrument Instrument, double Value, Dictionary<string, object?> Tags)> Values { get; } = [];

    public ConcurrentBag<Activity> Activities { get; } = [];

    /// <summary>The sum of what an instrument measured, of those with an attribute.</summary>
    public double Sum(string instrument, string attribute, object value) =>
        Values.Where(v => v.Instrument.Name == instrument && Equals(v.Tags.GetValueOrDefault(attribute), value)).Sum(v => v.Value);

    public Activity Training(Run run) =>
        Activities.Single(a => a.OperationName == "train" && Equals(a.GetTagItem("gridworld.run.id"), run.Id));

    public IReadOnlyList<double> Observe(string instrument)
    {
        Values.Clear();
        meters.RecordObservableInstruments();
        return [.. Values.Where(v => v.Instrument.Name == instrument).Select(v => v.Value)];
    }

    public void Dispose()
    {
        meters.Dispose();
        activities.Dispose();
    }

    void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Values.Add((instrument, value, tags.ToArray().ToDictionary()));
}
