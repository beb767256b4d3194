using System.Collections;
using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>The values of a learner's hyperparameters at one moment, by name in snake_case, with schedules evaluated.</summary>
public struct Hyperparameters : IReadOnlyCollection<KeyValuePair<string, double>>, IEquatable<Hyperparameters>
{
    /// <summary>
    /// The most hyperparameters of a learner. The struct contains them, so that a step with a schedule does not allocate.
    /// </summary>
    internal const int Most = 16;

    string[]? names;
    Table values;

    /// <summary>Learning rate α, in [0, 1].</summary>
    public double LearningRate { readonly get => this["learning_rate"]; set => this["learning_rate"] = value; }

    /// <summary>Discount factor γ, in [0, 1].</summary>
    public double DiscountFactor { readonly get => this["discount_factor"]; set => this["discount_factor"] = value; }

    /// <summary>Probability ε of exploring, in [0, 1].</summary>
    public double Epsilon { readonly get => this["epsilon"]; set => this["epsilon"] = value; }

    /// <summary>The number of hyperparameters, at most 16.</summary>
    public readonly int Count => names?.Length ?? 0;

    /// <summary>The value of a hyperparameter that the learner's options declare. A run sets all of them; a test can set some.</summary>
    /// <param name="name">Name of the hyperparameter, in snake_case.</param>
    /// <exception cref="InputException">No value has this name, or there are already 16 values.</exception>
    public double this[string name]
    {
        readonly get
        {
            for (int i = 0; i < Count; i++)
            {
                if (names![i] == name)
                    return values[i];
            }

            throw new InputException($"There is no hyperparameter '{Printable.Text(Guard.NotNull(name))}'. "
                + $"Use one of {string.Join(", ", names ?? [])}.");
        }

        set
        {
            int place = Array.IndexOf(names ?? [], Guard.NotNull(name));
            if (place < 0)
            {
                new Faults().Require(Count < Most, $"A learner can have at most {Most} hyperparameters.").ThrowIfAny();
                names = [.. names ?? [], name];
                place = Count - 1;
            }

            values[place] = value;
        }
    }

    /// <summary>Sets a value by its place in the order in which the names were added.</summary>
    internal void Put(int place, double value) => values[place] = value;

    /// <inheritdoc/>
    public readonly IEnumerator<KeyValuePair<string, double>> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return new(names![i], values[i]);
    }

    readonly IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public readonly bool Equals(Hyperparameters other) => this.SequenceEqual(other);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Hyperparameters other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => Count == 0 ? 0 : values[0].GetHashCode();

    /// <summary>Returns whether all names and values are equal.</summary>
    public static bool operator ==(Hyperparameters left, Hyperparameters right) => left.Equals(right);

    /// <summary>Returns whether a name or a value differs.</summary>
    public static bool operator !=(Hyperparameters left, Hyperparameters right) => !left.Equals(right);

    /// <summary>Returns the names and values as text.</summary>
    public override readonly string ToString() => string.Join(", ", this.Select(h => $"{h.Key} {Printable.Number(h.Value)}"));

    [InlineArray(Most)]
    struct Table
    {
        double first;
    }
}
