using System.Text.Json;

namespace GridWorld.Tests;

public class EpisodeColumnsTests
{
    static readonly EpisodeRecord row = new(1L << 40, -13.5, 13, false, true, 0.1, 0.25, null, [1, 2]);

    [Fact]
    public void Every_value_of_a_record_has_a_column_of_its_name_that_reads_it()
    {
        var values = typeof(EpisodeRecord).GetProperties().Where(p => p.Name != nameof(EpisodeRecord.ActionCounts))
            .ToDictionary(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name), p => p.GetValue(row));

        Assert.Equal(values, EpisodeColumns.All.ToDictionary(c => c.Name, c => c.Cell(row)));
    }

    [Fact]
    public void A_buffer_gives_back_the_row_and_lacks_what_was_not_sampled()
    {
        var rows = new EpisodeBuffer(2) { Count = 2 };
        rows.Put(1, row.Return, row.Length, row.Terminated, row.Epsilon, row.LearningRate);
        rows.Sample(0, double.NaN, [3, 4]);

        Assert.Equal(row with { ActionCounts = null }, rows.Record(row.Episode - 1, 1));
        Assert.Equal(double.NaN, rows.Record(1, 0).MeanQ);
    }

    [Fact]
    public void A_buffer_that_is_filled_again_allocates_nothing()
    {
        var rows = new EpisodeBuffer(1);
        Fill();
        long before = GC.GetAllocatedBytesForCurrentThread();

        Fill();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Fill()
        {
            rows.Clear();
            rows.Put(0, row.Return, row.Length, row.Terminated, row.Epsilon, row.LearningRate);
        }
    }
}
