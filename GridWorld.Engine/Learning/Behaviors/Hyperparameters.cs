using System.Collections;
using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>The values of a learner's hyperparameters at one moment, by name in snake_case; schedules have been evaluated.</summary>
public struct Hyperparameters : IReadOnlyCollection<KeyValuePair<string, double>>, IEquatable<Hyperparameters>
{
    /// <summary>The most hyperparameters of a learner. They lie in the struct, so that a step under a schedule allocates nothing.</summary>
    internal const int Most = 16;

    string[]? names;
    Table values;

    /// <summary>Learning rate α.</summary>
    public double LearningRate { readonly get => this["learning_rate"]; set => this["learning_rate"] = value; }

    /// <summary>Discount factor γ.</summary>
    public double DiscountFactor { readonly get => this["discount_factor"]; set => this["discount_factor"] = value; }

    /// <summary>Probability ε of exploring.</summary>
    public double Epsilon { readonly get => this["epsilon"]; set => this["epsilon"] = value; }

    /// <summary>How many there are, at most 16.</summary>
    public readonly int Count => names?.Length ?? 0;

    /// <summary>
    /// The value of a hyperparameter that the learner's options declare. A run's loop sets all of them; a test may set some.
    /// </summary>
    /// <param name="name">Its name, in snake_case.</param>
    /// <exception cref="InputException">There is no value of that name, or no room for one more.</exception>
    public double this[string name]
    {
        readonly get
        {
            for (int i = 0; i < Count; i++)
            {
                if (names![i] == name)
                    return values[i];
            }

            throw new InputException(
                $"There is no hyperparameter '{Printable.Text(Guard.NotNull(name))}'. There are: {string.Join(", ", names ?? [])}.");
        }

        set
        {
            int place = Array.IndexOf(names ?? [], Guard.NotNull(name));
            if (place < 0)
            {
                new Faults().Require(Count < Most, $"A learner has at most {Most} hyperparameters.").ThrowIfAny();
                names = [.. names ?? [], name];
                place = Count - 1;
            }

            values[place] = value;
        }
    }

    /// <summary>Sets one by its place in the order in which they were named.</summary>
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

    /// <summary>Whether all names and values are the same.</summary>
    public static bool operator ==(Hyperparameters left, Hyperparameters right) => left.Equals(right);

    /// <summary>Whether a name or a value differs.</summary>
    public static bool operator !=(Hyperparameters left, Hyperparameters right) => !left.Equals(right);

    /// <summary>Names and values.</summary>
    public override readonly string ToString() => string.Join(", ", this.Select(h => $"{h.Key} {Printable.Number(h.Value)}"));

    [InlineArray(Most)]
    struct Table
    {
        double first;
    }
}
