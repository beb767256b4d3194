using CsCheck;

namespace GridWorld.Tests;

public unsafe class RowsTests
{
    static readonly Gen<double> Entry = Gen.Frequency((6, Gen.Int[-2, 2].Select(i => (double)i)), (3, Gen.Double),
        (1, Of(0.0, -0.0, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon)));

    [Fact]
    public void Greedy_names_the_greatest_value_and_all_that_share_it()
    {
        var greedy = Greedy.Of([1, 3, -2, 3, 3]);

        Assert.Equal((3, 0b11010u), (greedy.Value, greedy.Actions));
        Assert.Equal((1, 3, true), (greedy.First, greedy.Count, greedy.IsTied));
        Assert.Equal([1, 3, 4], Enumerable.Range(0, 3).Select(greedy.At));
        Assert.False(Greedy.Of([1, 2, 0]).IsTied);
        Assert.Equal(0x80000000u, Greedy.Of([.. new double[31], 1]).Actions);
    }

    [Fact]
    public void Zero_and_minus_zero_are_tied()
    {
        Assert.Equal(0b1111u, Four([0, -0.0, 0, -0.0]).Actions);
        Assert.Equal(0b11111111u, Eight([0, -0.0, 0, -0.0, -0.0, 0, 0, 0]).Actions);
    }

    [Fact]
    public void Four_actions_as_a_vector_are_what_a_search_finds() => Entry.Array[4].Sample(row => Same(row, Four(row)), iter: 20_000);

    [Fact]
    public void Eight_actions_as_vectors_are_what_a_search_finds() => Entry.Array[8].Sample(row => Same(row, Eight(row)), iter: 20_000);

    [Fact]
    public void Any_number_of_actions_is_what_a_search_finds() => Entry.Array[1, 32].Sample(row => Same(row, Greedy.Of(row)), iter: 20_000);

    // No order holds with NaN; what must hold is that some action of the row is named, so that a diverging run stays in its tables.
    [Fact]
    public void Rows_with_nan_still_name_an_action_of_theirs()
    {
        for (int nan = 1; nan < 256; nan++)
        {
            double[] row = [.. Enumerable.Range(0, 8).Select(i => (nan >> i & 1) != 0 ? double.NaN : i % 3)];

            Assert.InRange(Four(row[..4]).Actions, 1u, 0xfu);
            Assert.InRange(Eight(row).Actions, 1u, 0xffu);
            Assert.InRange(Greedy.Of(row[..5]).Actions, 1u, 0x1fu);
        }
    }

    [Fact]
    public void Replacing_an_entry_changes_it_alone_and_gives_the_new_greedy_actions() =>
        Gen.Select(Entry.Array[8], Gen.Int[0, 7], Entry).Sample((row, action, value) =>
        {
            var (four, eight, any) = (Table(row[..4]), Table(row), Table(row[..5]));
            double[] expected = [.. row];
            expected[action] = value;

            uint inEight = EightActions.Replace(eight.First, 8, action, value).Actions;
            Assert.Equal(expected, eight.Values.ToArray());
            Assert.Equal(Search(expected).Actions, inEight);
            if (action < 4)
            {
                uint inFour = FourActions.Replace(four.First, 4, action, value).Actions;
                Assert.Equal(expected[..4], four.Values.ToArray());
                Assert.Equal(Search(expected[..4]).Actions, inFour);
            }

            if (action < 5)
            {
                AnyActions.Replace(any.First, 5, action, value);
                Assert.Equal(expected[..5], any.Values.ToArray());
            }
        }, iter: 5000);

    [Fact]
    public void Table_starts_where_a_vector_can_be_loaded_and_keeps_to_its_size()
    {
        var table = new QTable(3, 4, 0.5);

        Assert.Equal(0, (nint)table.First % 64);
        Assert.Equal(Enumerable.Repeat(0.5, 12), table.Values.ToArray());
        table.Row(2)[3] = 7;
        Assert.Equal(7, table[11]);
    }

    static QTable Table(double[] row)
    {
        var table = new QTable(1, row.Length);
        row.CopyTo(table.Values);
        return table;
    }

    static Gen<double> Of(params double[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static Greedy Four(double[] row) => FourActions.Greedy(Table(row).First, 4);

    static Greedy Eight(double[] row) => EightActions.Greedy(Table(row).First, 8);

    static void Same(double[] row, Greedy found)
    {
        var expected = Search(row);
        Assert.True(expected.Value == found.Value && expected.Actions == found.Actions, $"[{string.Join(", ", row)}]: {found}");
    }

    static Greedy Search(double[] row) => new(row.Max(), (uint)row.Select((v, a) => v == row.Max() ? 1L << a : 0).Sum());
}
