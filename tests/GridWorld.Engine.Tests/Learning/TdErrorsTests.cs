namespace GridWorld.Tests;

public class TdErrorsTests
{
    [Theory]
    [InlineData(0.9, 0.3)] // −1 + 0.9·2 − 0.5
    [InlineData(0.0, -1.5)] // terminated: nothing to bootstrap from
    public void Q_learning_error_matches_hand_worked_numbers(double discount, double expected) =>
        Assert.Equal(expected, TdErrors.QLearning(0.5, -1, discount, 2), 1e-12);

    [Theory]
    [InlineData(0.9, -2.4)] // −1 + 0.9·(−1) − 0.5
    [InlineData(0.0, -1.5)]
    public void Sarsa_error_matches_hand_worked_numbers(double discount, double expected) =>
        Assert.Equal(expected, TdErrors.Sarsa(0.5, -1, discount, -1), 1e-12);

    [Theory]
    [InlineData(0.5, 2.25)] // 3 + 0.5·2.5 − 2
    [InlineData(0.0, 1)]
    public void Expected_sarsa_error_matches_hand_worked_numbers(double discount, double expected) =>
        Assert.Equal(expected, TdErrors.ExpectedSarsa(2, 3, discount, 2.5), 1e-12);

    [Fact]
    public void Double_q_error_matches_hand_worked_numbers() =>
    Assert.Equal(0.6, TdErrors.DoubleQ(1.2, 0, 0.9, 2), 1e-12); // 0 + 0.9·2 − 1.2

    [Fact]
    public void Return_error_is_what_is_missing() => Assert.Equal(-3.5, TdErrors.Return(4, 0.5), 1e-12);

    [Fact]
    public void Tree_backup_takes_means_of_what_was_not_taken_and_the_branch_of_what_was() =>
        Assert.Equal(11.2, TdErrors.TreeBackup(1, 0.5, [0.2, 0.5, 0.3], [10, 99, 8], 1, 32), 1e-12); // 1 + 0.5·(0.2·10 + 0.3·8 + 0.5·32)
}
