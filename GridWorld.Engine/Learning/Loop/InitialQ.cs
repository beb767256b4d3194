using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>
/// The action values at the start of a run, in place of the learner's initial value: a warm start. They are part of the run's
/// specification and of its file. Every Q-table of the learner starts with them, but the values of terminal states are always 0.
/// </summary>
public sealed class InitialQ : IEquatable<InitialQ>
{
    readonly double[] values;

    /// <summary>Copies action values.</summary>
    /// <param name="values">
    /// Finite action values, indexed by state × actions + action, such as <c>AgentSnapshot.Q</c> of another run in a world of the same
    /// size.
    /// </param>
    /// <exception cref="InputException">A value is NaN or infinite.</exception>
    public InitialQ(ReadOnlySpan<double> values)
    {
        this.values = values.ToArray();
        int wrong = Array.FindIndex(this.values, v => !double.IsFinite(v));
        new Faults().Require(wrong < 0, $"The initial value of entry {wrong} is {(wrong < 0 ? 0 : this.values[wrong])}; it must be finite.")
            .ThrowIfAny();
    }

    /// <summary>The action values, indexed by state × actions + action.</summary>
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

    /// <summary>Returns the number of action values as text.</summary>
    public override string ToString() => $"{values.Length} initial action values";

    internal byte[] Pack() => Packing.Pack(Bytes);

    /// <exception cref="InputException">The number of values is not <paramref name="count"/>.</exception>
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
