namespace GridWorld.Tests;

/// <summary>Blackjack as tables: Sutton and Barto, 2nd ed., example 5.1; Gymnasium, blackjack.py. Cards are replaced.</summary>
static class BlackjackTables
{
    const int Hands = 18 * 10 * 2, Naturals = 10, Lost = Hands + Naturals, Drawn = Lost + 1, Won = Lost + 2, States = Lost + 3;

    static readonly int[] Deck = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10];

    /// <summary>The state of a hand. Sums are 4 to 21; cards 1 (an ace) to 10.</summary>
    public static int Hand(int sum, int dealer, bool usableAce) => ((sum - 4) * 10 + dealer - 1) * 2 + (usableAce ? 1 : 0);

    /// <summary>The MDP; actions are stick and hit.</summary>
    /// <param name="sab">Whether a natural beats everything but a natural, as in the book; otherwise it is a hand of 21.</param>
    public static Mdp Make(bool sab)
    {
        const int most = 13;
        var (next, reward, p) = (new int[States * 2 * most], new double[States * 2 * most], new double[States * 2 * most]);
        var terminal = new bool[States];
        (terminal[Lost], terminal[Drawn], terminal[Won]) = (true, true, true);
        for (int s = 0; s < States; s++)
        {
            for (int a = 0; a < 2; a++)
                Array.Fill(next, s, (s * 2 + a) * most, most);
            (p[s * 2 * most], p[(s * 2 + 1) * most]) = (1, 1);
        }

        for (int dealer = 1; dealer <= 10; dealer++)
        {
            for (int sum = 4; sum <= 21; sum++)
            {
                foreach (bool ace in new[] { false, true })
                {
                    Stick(Hand(sum, dealer, ace), Score(sum, dealer));
                    for (int i = 0; i < Deck.Length; i++)
                        Set(Hand(sum, dealer, ace), 1, i, Hit(sum, ace, Deck[i], dealer), 1.0 / 13);
                }
            }

            double both = dealer == 1 ? 4.0 / 13 : dealer == 10 ? 1.0 / 13 : 0;
            foreach (int action in new[] { 0, 1 })
                Ends(Hands + dealer - 1, action, (0, both, 1 - both));
        }

        return Mdp.FromArrays(States, 2, most, next, reward, p, terminal, Starts(sab));

        void Stick(int state, (double Lost, double Drawn, double Won) chances) => Ends(state, 0, chances);

        void Ends(int state, int action, (double Lost, double Drawn, double Won) chances)
        {
            Set(state, action, 0, Lost, chances.Lost);
            Set(state, action, 1, Drawn, chances.Drawn);
            Set(state, action, 2, Won, chances.Won);
        }

        void Set(int state, int action, int outcome, int to, double chance)
        {
            int i = (state * 2 + action) * most + outcome;
            (next[i], p[i], reward[i]) = (to, chance, to == Lost ? -1 : to == Won ? 1 : 0);
        }
    }

    static int Hit(int sum, bool ace, int card, int dealer)
    {
        int hard = sum - (ace ? 10 : 0) + card;
        bool usable = (ace || card == 1) && hard + 10 <= 21;
        return hard > 21 ? Lost : Hand(usable ? hard + 10 : hard, dealer, usable);
    }

    /// <summary>The dealer's draws to 17 or more, spread forward from the card that is seen.</summary>
    static (double Lost, double Drawn, double Won) Score(int sum, int dealer)
    {
        var (lost, drawn, won) = (0.0, 0.0, 0.0);
        var open = new Queue<(int Hard, bool Ace, double P)>([(dealer, dealer == 1, 1)]);
        for (bool first = true; open.TryDequeue(out var hand); first = false)
        {
            int total = hand.Ace && hand.Hard + 10 <= 21 ? hand.Hard + 10 : hand.Hard;
            if (!first && total >= 17)
            {
                if (total > 21 || total < sum)
                    won += hand.P;
                else if (total == sum)
                    drawn += hand.P;
                else
                    lost += hand.P;
                continue;
            }

            foreach (int card in Deck)
                open.Enqueue((hand.Hard + card, hand.Ace || card == 1, hand.P / 13));
        }

        double all = lost + drawn + won;
        return (lost / all, drawn / all, won / all);
    }

    static StartState[] Starts(bool sab)
    {
        var chances = new SortedDictionary<int, double>();
        foreach (int first in Deck)
        {
            foreach (int second in Deck)
            {
                foreach (int dealer in Deck)
                {
                    bool ace = first == 1 || second == 1, natural = ace && first + second == 11;
                    int state = sab && natural ? Hands + dealer - 1 : Hand(first + second + (ace ? 10 : 0), dealer, ace);
                    chances[state] = chances.GetValueOrDefault(state) + 1 / Math.Pow(13, 3);
                }
            }
        }

        return [.. chances.Select(c => new StartState(c.Key, c.Value))];
    }
}
