using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>
/// Action values that a run starts from, in place of its learner's initial value: a warm start. They are part of what the run is, and kept
/// in its file. Every table of action values that a learner makes starts with them; values of terminal states are 0 whatever is said here.
/// </summary>
public sealed class InitialQ : IEquatable<InitialQ>
{
    readonly double[] values;

    /// <summary>Takes over a copy.</summary>
    /// <param name="values">Action values, state × actions + action, all finite: <see cref="AgentSnapshot.Q"/> of another run in a world of
    /// the same size, say.</param>
    /// <exception cref="InputException">A value is not a finite number.</exception>
    public InitialQ(ReadOnlySpan<double> values)
    {
        this.values = values.ToArray();
        int wrong = Array.FindIndex(this.values, v => !double.IsFinite(v));
        new Faults().Require(wrong < 0, $"The initial value of entry {wrong} is {(wrong < 0 ? 0 : this.values[wrong])}; it must be finite.")
            .ThrowIfAny();
    }

    /// <summary>State × actions + action.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <inheritdoc/>
    public bool Equals(InitialQ? other) => other is not null && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as InitialQ);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>How many there are.</summary>
    public override string ToString() => $"{values.Length} initial action values";

    internal byte[] Pack() => Packing.Pack(Bytes);

    /// <exception cref="InputException">They are not so many.</exception>
    internal static InitialQ Unpack(byte[] packed, int count)
    {
        try
        {
            return new(MemoryMarshal.Cast<byte, double>(Packing.Unpack(packed, checked(count * sizeof(double)))));
        }
        catch (StoreDamage e)
        {
            throw new InputException($"The initial values of the run cannot be read: {e.Message}.");
        }
    }

    ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(values.AsSpan());
}
