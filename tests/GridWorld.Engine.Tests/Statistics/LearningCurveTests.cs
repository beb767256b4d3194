namespace GridWorld.Tests;

public class LearningCurveTests
{
    // 10 episodes of 4 steps with return 2, then 10 of 2 steps with return 8.
    static readonly LearningCurve fast = new([10, 20], [40, 60], [2, 8]), slow = new([5, 12], [100, 150], [0, 7]);

    [Fact]
    public void Points_are_shared_and_end_with_the_shortest_curve()
    {
        Assert.Equal([3, 6, 9, 12], LearningCurve.CommonPoints(CurveAxis.Episodes, [fast, slow], 4));
        Assert.Equal([20, 40, 60], LearningCurve.CommonPoints(CurveAxis.Steps, [fast, slow], 3));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], LearningCurve.CommonPoints(CurveAxis.Episodes, [fast, slow]));
    }

    [Fact]
    public void Value_at_a_point_is_the_mean_return_since_the_point_before()
    {
        // Episodes 1 … 5, 6 … 15 (five of each bucket), 16 … 20.
        Assert.Equal([2, 5, 8], fast.At(CurveAxis.Episodes, [5, 15, 20]));
        // Steps 1 … 20 are 5 episodes of 2. Steps 21 … 50 are 5 episodes of 2 and 5 of 8. Steps 51 … 60 are 5 of 8.
        Assert.Equal([2, 5, 8], fast.At(CurveAxis.Steps, [20, 50, 60]));
        // Equal to all 20 episodes on either axis.
        Assert.Equal(5, fast.At(CurveAxis.Steps, [60])[0], 12);
        Assert.Equal(5, fast.At(CurveAxis.Episodes, [20])[0], 12);
    }

    [Fact]
    public void Equal_steps_and_equal_episodes_can_disagree()
    {
        // After 12 episodes, the slow curve is ahead at the end; after 60 steps, it is still in its first bucket.
        Assert.Equal([0, 7], slow.At(CurveAxis.Episodes, [5, 12]));
        Assert.Equal([0], slow.At(CurveAxis.Steps, [60]));
    }

    [Fact]
    public void Curve_of_one_bucket_has_its_mean_everywhere() =>
        Assert.Equal([3, 3], new LearningCurve([10], [40], [3]).At(CurveAxis.Episodes, [5, 10]));

    [Fact]
    public void Faults_of_a_curve_are_named()
    {
        Assert.StartsWith("A curve must have at least one bucket", Error(new([1], [1, 2], [0]), 1));
        Assert.StartsWith("The episodes at the ends of the buckets must increase strictly", Error(new([2, 2], [1, 2], [0, 0]), 1));
        Assert.StartsWith("The steps at the ends of the buckets must increase strictly", Error(new([1, 2], [0, 2], [0, 0]), 1));
        Assert.StartsWith("The mean return of every bucket must be finite (bucket 1 has NaN).",
            Error(new([1, 2], [1, 2], [0, double.NaN]), 1));
        Assert.Equal("Points must increase strictly from 1 to at most 20, the end of the curve. Use CommonPoints.", Error(fast, 21));
        Assert.Equal("Common points need at least one curve (got none).",
            Assert.Throws<InputException>(() => LearningCurve.CommonPoints(CurveAxis.Steps, [])).Message);
    }

    static string Error(LearningCurve curve, long point) =>
        Assert.Throws<InputException>(() => curve.At(CurveAxis.Episodes, [point])).Message;
}
