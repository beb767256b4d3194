using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GridWorld;

/// <summary>A trial of a sweep: the same run for each of the sweep's seeds.</summary>
/// <param name="Number">The number in the sweep, from 0.</param>
/// <param name="World">The world's name in the sweep.</param>
/// <param name="Point">The varied options.</param>
/// <param name="Settings">The fixed options that apply, then the varied ones.</param>
/// <param name="Specification">The run with the first seed.</param>
internal sealed record SweepTrial(int Number, string World, SearchPoint Point, SearchPoint Settings, RunSpecification Specification)
{
    public string Learner => Specification.Learner.Name;

    /// <summary>
    /// The SHA-256 of world, learner, settings, episodes and step limit, in hexadecimal. Trials with equal hashes have the same results.
    /// </summary>
    public string Hash { get; } = HashOf(Specification);

    static string HashOf(RunSpecification specification)
    {
        var learner = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(learner))
            LearnerJson.Write(json, specification.Learner);
        string text = $"{specification.World.Hash}\n{specification.Episodes}\n{specification.StepLimit}\n";
        return Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(text), .. learner.WrittenSpan]));
    }
}
