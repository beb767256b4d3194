using System.Globalization;

namespace GridWorld.Tests;

/// <summary>Everything that can be read of a stored run, part by part, as text: what a part says, or the error it gives.</summary>
internal sealed class StoredPicture
{
    readonly SortedDictionary<string, string> parts = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> errors = [];

    StoredPicture()
    {
    }

    /// <summary>Parts that gave an error, with its words.</summary>
    public IReadOnlyDictionary<string, string> Errors => errors;

    /// <summary>What <c>runs verify --quick</c> finds.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    public static StoredPicture Of(string folder, string id)
    {
        var picture = new StoredPicture();
        picture.Read("list", () => StoreFolder.List(folder)
            .Single(r => r.Id == id) is var run && run.Error is null ? run.ToString() : throw new InputException(run.Error!));
        RunView? view = null;
        picture.Read("view", () => (view = Run.Open(id, folder)).Specification.World.ToJson());
        if (view is not null)
        {
            picture.Read("status", () => Plain(view.Status()).ToString());
            picture.Read("agent", () => Text(view.Agent()));
            picture.Read("metrics", () => string.Join(' ', view.MetricBuckets(1, long.MaxValue, 100)));
            picture.Read("lengths", () => string.Join(' ', view.LengthBuckets(1, long.MaxValue, 100)));
            picture.Read("kept", () => string.Join(' ', view.KeptEpisodes()));
            picture.Read("episodes", () => string.Join('\n', view.KeptEpisodes().SelectMany(k => Windows(view, k)).Select(Text)));
            picture.Read("events", () => string.Join('\n', view.EventLog));
            picture.Read("events after", () => string.Join('\n', view.EventsAfter(3)));
            picture.Read("times", () => string.Join(' ', view.Reached([.. view.KeptEpisodes().Select(k => k.Last)])));
            picture.Read("checkpoints", () => string.Join('\n', view.CheckpointList));
        }

        picture.Read("verify", () =>
        {
            picture.Faults = StoreFolder.Verify(id, folder, rerun: false);
            return "";
        });
        return picture;
    }

    /// <summary>The first part that says something else than it should, in words; null where each is right or an error.</summary>
    public string? DifferenceFrom(StoredPicture right)
    {
        foreach (var (part, text) in parts)
        {
            if (right.parts[part] is var expected && text != expected)
            {
                int at = text.AsSpan().CommonPrefixLength(expected);
                return $"{part} differs at {at} of {expected.Length}: '{Around(expected, at)}' is '{Around(text, at)}'";
            }
        }

        return null;

        static string Around(string text, int at) => text[Math.Max(0, at - 40)..Math.Min(text.Length, at + 40)];
    }

    void Read(string part, Func<string> read)
    {
        try
        {
            parts[part] = read();
        }
        catch (InputException e)
        {
            errors[part] = e.Message;
        }
    }

    static IEnumerable<EpisodeRecord> Windows(RunView view, EpisodeRange kept)
    {
        for (long first = kept.First; first <= kept.Last; first += 700)
        {
            foreach (var record in view.RawEpisodes(first, (int)Math.Min(700, kept.Last - first + 1)))
                yield return record;
        }
    }

    static string Text(EpisodeRecord e) =>
        string.Create(CultureInfo.InvariantCulture,
        $"{e.Episode} {e.Return:R} {e.Length} {e.Terminated} {e.Epsilon:R} {e.LearningRate:R} {e.MeanQ:R}"
        + $" {string.Join(',', e.ActionCounts ?? [])}");

    static string Text(AgentSnapshot agent) =>
        string.Create(CultureInfo.InvariantCulture,
        $"{agent.Episode} {agent.Step} {string.Join(' ', agent.Q)} {string.Join(' ', agent.Visits)}");

    // What a thread reckons aside is there or not yet.
    static RunStatus Plain(RunStatus status) => status with
    {
        GreedyValue = null, OptimalValue = null, OptimalReturn = null, OptimalActionShare = null, TruthEpisode = null, IsProper = null,
    };
}
