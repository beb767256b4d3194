using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GridWorld;

/// <summary>
/// Passes of value iteration over the states of a large world in a fixed order. The values are stored in that order, so that a pass goes
/// through memory in sequence. The actions of a state are a vector, and states with the same moves share a matrix of weights.
/// </summary>
internal sealed class BackwardPasses
{
    // More matrices would not fit in the processor's cache, and neither would wider ones be shared by many states.
    const int MostMatrices = 4096, MostTargets = 32, Stretch = 1024;

    readonly ExpectedModel model;
    readonly int[] placeOf;          // place of each state: those of the order, then all others
    readonly int[] matrix;           // for each place in the order, where its matrix begins
    readonly int[] targets;          // for each place in the order, the places whose values it reads, padded with its own
    readonly double[] weights;       // matrices: rows of one number per action: reward, weight of a restart, weights of the targets
    readonly double[] values;        // by place
    readonly double[] least;         // the least value of each place in the order; empty if it is −∞
    readonly int width, lanes;       // targets per state; actions, rounded up to whole vectors
    readonly int reach;              // largest distance between a place and its targets in the order
    int done;                        // places that the pass ahead has updated

    BackwardPasses(ExpectedModel model, int[] order, Matrices matrices, int[] matrixOf, double[] least, double[] from)
    {
        (this.model, this.least, width, lanes, weights) = (model, least, matrices.Width, matrices.Lanes, matrices.Weights());
        placeOf = new int[model.States];
        Array.Fill(placeOf, -1);
        for (int place = 0; place < order.Length; place++)
            placeOf[order[place]] = place;
        for (int s = 0, place = order.Length; s < placeOf.Length; s++)
            placeOf[s] = placeOf[s] < 0 ? place++ : placeOf[s];
        values = new double[model.States];
        for (int s = 0; s < placeOf.Length; s++)
            values[placeOf[s]] = from[s];
        (matrix, targets) = (matrixOf, new int[order.Length * width]);
        for (int place = 0; place < order.Length; place++)
        {
            var deltas = matrices.Deltas(matrixOf[place]);
            for (int k = 0; k < width; k++)
            {
                int target = k < deltas.Count ? placeOf[order[place] + deltas[k]] : place;
                targets[place * width + k] = target;
                reach = Math.Max(reach, target < order.Length ? Math.Abs(target - place) : 0);
            }

            matrix[place] *= (width + 2) * lanes;
        }

        IsParallel = Environment.ProcessorCount > 1 && 4L * (reach + Stretch) < order.Length
            && Array.TrueForAll(model.Restart, p => p == 0);
    }

    /// <summary>Largest change of a value in the last pass.</summary>
    public double Change { get; private set; }

    /// <summary>Largest magnitude of a value in the last pass.</summary>
    public double Size { get; private set; }

    /// <summary>Largest change of a value in the last pass, as a share of the value.</summary>
    public double Relative { get; private set; }

    /// <summary>
    /// Whether two passes run at once. By default, they do if each state's targets are near it in the order, and there are no restarts.
    /// </summary>
    public bool IsParallel { get; set; }

    /// <summary>Prepares passes; null if the states have too many different moves.</summary>
    /// <param name="model">The tables.</param>
    /// <param name="order">The states to update, in order.</param>
    /// <param name="allowed">The pairs that compete; null for all. From states in the order, they lead to finite values.</param>
    /// <param name="least">The least value of each state in the order; empty if it is −∞.</param>
    /// <param name="values">The values of all states before the first pass.</param>
    public static BackwardPasses? Of(ExpectedModel model, int[] order, bool[]? allowed, double[] least, double[] values)
    {
        var matrices = new Matrices(model);
        var matrixOf = new int[order.Length];
        for (int place = 0; place < order.Length; place++)
        {
            matrixOf[place] = matrices.Find(order[place] * model.Actions, allowed);
            if (matrices.Count > MostMatrices || matrices.Width > MostTargets)
                return null;
        }

        return new(model, order, matrices, matrixOf, least, values);
    }

    /// <summary>Number of passes so far.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// Repeats passes until no value is off by more than a share <paramref name="error"/> (if rewards have both signs, of the largest
    /// value). If no bound is known, or after <paramref name="most"/> passes, returns false: the values are then optimal as far as the last
    /// changes tell.
    /// </summary>
    public bool Run(double error, int most, CancellationToken cancellationToken)
    {
        bool hasBound = model.Discount < 1 || (model.MaxReward < 0 && least.Length == 0);
        while (Count < most)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Twice();
            // If no update changes a value by more than a share c, no value is off by more than 2 c times the expected number of steps.
            // The discount factor bounds it or, if every step has a cost, the values do. Rounding sets a floor.
            double steps = model.Discount < 1 ? 1 / (1 - model.Discount) : Size / -model.MaxReward;
            double change = model.IsMixed ? Change / Math.Max(Size, ChainSolver.Least) : Relative;
            if (hasBound ? change <= 1e-15 || 2 * change * steps <= error : change <= 1e-12)
                return hasBound;
        }

        return false;
    }

    /// <summary>Writes the values of all states.</summary>
    public void CopyTo(double[] all)
    {
        for (int s = 0; s < all.Length; s++)
            all[s] = values[placeOf[s]];
    }

    /// <summary>
    /// Two passes. If they run at once, the second one follows the first at such a distance that no update reads what the other pass still
    /// has to write, so the values are those of one pass after the other.
    /// </summary>
    public void Twice()
    {
        done = 0;
        var second = new Task(() => Pass(hasLeader: true));
        if (IsParallel)
            second.Start();
        Pass(hasLeader: false);
        if (!IsParallel)
            second.RunSynchronously();
        second.GetAwaiter().GetResult();
        Count += 2;
    }

    void Pass(bool hasLeader)
    {
        var measured = default(Measured);
        double restart = 0;
        foreach (var (state, p) in model.Starts)
            restart += p * values[placeOf[state]];
        for (int from = 0; from < matrix.Length; from += Stretch)
        {
            int to = Math.Min(matrix.Length, from + Stretch);
            for (var wait = default(SpinWait); hasLeader && Volatile.Read(ref done) < Math.Min(matrix.Length, to + reach);)
                wait.SpinOnce(sleep1Threshold: -1);
            Update(from, to, restart, ref measured);
            if (!hasLeader)
                Volatile.Write(ref done, to);
        }

        (Change, Relative, Size) = (measured.Change, measured.Relative, measured.Size);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Update(int from, int to, double restart, ref Measured measured)
    {
        double change = measured.Change, relative = measured.Relative, size = measured.Size;
        ref double x = ref MemoryMarshal.GetArrayDataReference(values);
        ref double first = ref MemoryMarshal.GetArrayDataReference(weights);
        ref int target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(targets), from * width);
        for (int place = from; place < to; place++)
        {
            var best = Vector256.Create(least.Length == 0 ? double.NegativeInfinity : least[place]);
            for (int lane = 0; lane < lanes; lane += 4)
            {
                ref double row = ref Unsafe.Add(ref first, matrix[place] + lane);
                var sum = Vector256.LoadUnsafe(ref row);
                row = ref Unsafe.Add(ref row, lanes);
                sum += Vector256.LoadUnsafe(ref row) * restart;
                for (int k = 0; k < width; k++)
                {
                    row = ref Unsafe.Add(ref row, lanes);
                    sum += Vector256.LoadUnsafe(ref row) * Unsafe.Add(ref x, Unsafe.Add(ref target, k));
                }

                best = Vector256.MaxNative(best, sum);
            }

            target = ref Unsafe.Add(ref target, width);
            double value = Math.Max(Math.Max(best[0], best[1]), Math.Max(best[2], best[3]));
            double difference = Math.Abs(value - Unsafe.Add(ref x, place)), magnitude = Math.Abs(value);
            change = Math.Max(change, difference);
            relative = Math.Max(relative, difference / Math.Max(magnitude, ChainSolver.Least));
            size = Math.Max(size, magnitude);
            Unsafe.Add(ref x, place) = value;
        }

        measured = new(change, relative, size);
    }

    readonly record struct Measured(double Change, double Relative, double Size);

    /// <summary>The distinct matrices: what the actions of a state earn and where they lead.</summary>
    sealed class Matrices(ExpectedModel model)
    {
        readonly Dictionary<(int Node, int Code), int> nodes = [];
        readonly Dictionary<int, int> numberOf = [];
        readonly List<(int[] Codes, List<int> Deltas)> all = [];
        int[] last = [];
        int lastNumber;

        public int Count => all.Count;

        public int Width { get; private set; } = 1;

        public int Lanes { get; } = (model.Actions + 3) / 4 * 4;

        public List<int> Deltas(int number) => all[number].Deltas;

        public int Find(int pair, bool[]? allowed)
        {
            int CodeOf(int a) => allowed is null || allowed[pair + a] ? model.Code(pair + a) : -1;
            bool isSame = last.Length > 0;
            for (int a = 0; a < last.Length && isSame; a++)
                isSame = last[a] == CodeOf(a);
            return isSame ? lastNumber : Find([.. Enumerable.Range(0, model.Actions).Select(CodeOf)]);
        }

        int Find(int[] codes)
        {
            int node = -1;
            foreach (int code in codes)
            {
                if (!nodes.TryGetValue((node, code), out int next))
                    nodes.Add((node, code), next = nodes.Count);
                node = next;
            }

            if (!numberOf.TryGetValue(node, out int number))
            {
                numberOf.Add(node, number = all.Count);
                var deltas = codes.Where(code => code >= 0).SelectMany(code => model.Deltas(code).ToArray()).Distinct().ToList();
                all.Add((codes, deltas));
                Width = Math.Max(Width, deltas.Count);
            }

            (last, lastNumber) = (codes, number);
            return number;
        }

        public double[] Weights()
        {
            int size = (Width + 2) * Lanes;
            var weights = new double[all.Count * size];
            for (int number = 0; number < all.Count; number++)
            {
                var (codes, deltas) = all[number];
                var rows = weights.AsSpan(number * size, size);
                rows[..Lanes].Fill(double.NegativeInfinity);
                for (int a = 0; a < codes.Length; a++)
                {
                    if (codes[a] < 0)
                        continue;
                    rows[a] = model.Reward[codes[a]];
                    rows[Lanes + a] = model.Discount * model.Restart[codes[a]];
                    var to = model.Deltas(codes[a]);
                    for (int k = 0; k < to.Length; k++)
                        rows[(2 + deltas.IndexOf(to[k])) * Lanes + a] += model.Discount * model.Chances(codes[a])[k];
                }
            }

            return weights;
        }
    }
}
