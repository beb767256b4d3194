namespace GridWorld.Tests;

public sealed class MailboxTests
{
    readonly Mailbox mailbox = new(() => { });
    readonly List<string> done = [];

    [Fact]
    public void Without_an_owner_a_request_runs_where_it_is_made()
    {
        var here = mailbox.Ask(() => Thread.CurrentThread);

        Assert.Same(Thread.CurrentThread, here);
    }

    [Fact]
    public void An_owner_that_ends_answers_what_comes_while_it_answers_and_nothing_is_left_for_the_next()
    {
        using var isAsked = new ManualResetEventSlim();
        var owner = Own(() =>
        {
            isAsked.Wait(TestContext.Current.CancellationToken);
            mailbox.Close(() => done.Add("closed"));
        });
        mailbox.Post(() =>
        {
            done.Add("first");
            mailbox.Post(() => done.Add("second"));
        });
        isAsked.Set();
        owner.Join();

        Assert.Equal(["first", "second", "closed"], done);
        Assert.Null(mailbox.Owner);
    }

    [Fact]
    public void One_that_takes_over_answers_for_an_owner_that_does_not_and_only_for_that_one()
    {
        using var isOver = new ManualResetEventSlim();
        var owner = Own(() => isOver.Wait(TestContext.Current.CancellationToken));
        mailbox.Post(() => done.Add("asked"));

        mailbox.TakeOver(Thread.CurrentThread, () => done.Add("never"), () => done.Add("never"));
        mailbox.TakeOver(owner, () => done.Add("taken over"), () => done.Add("closed"));
        isOver.Set();
        owner.Join();

        Assert.Equal(["taken over", "asked", "closed"], done);
    }

    Thread Own(Action work)
    {
        mailbox.Open(() => new(() => work()) { IsBackground = true });
        return mailbox.Owner!;
    }
}
