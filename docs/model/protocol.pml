/*
 * The protocol of a run: lease, fencing token, chunks with restart position, takeover, asynchronous commit, crash;
 * undo and second look under the same lease. README.md says what is modelled and what is left out.
 *
 * `db` is what a new transaction sees. `disk` is what a crash of the database leaves. Each guarantee has a mutant:
 * a macro that breaks it, so that the check fails.
 */
#ifndef USERS
#define USERS 3
#endif
#ifndef FAULTS
#define FAULTS 2      /* kills of a process and crashes of the database, together */
#endif
#ifndef EXPIRIES
#define EXPIRIES 1    /* how often a lease runs out while its holder lives: it was frozen */
#endif
#ifndef TRUTHS
#define TRUTHS 1      /* payments that turn out to be paid, at any time */
#endif
#ifndef TRADES
#define TRADES 1      /* purchases or spends of the host */
#endif
#ifndef ATTEMPTS
#define ATTEMPTS 2    /* of each process, whatever they do */
#endif
#define CREDITS 2     /* of each user at the start */
#define NOBODY 9

/* Two checks: a run until it is COMPLETED, and undo and second look from there on. */
#ifdef REVERSALS
#define FINAL UNDONE
#else
#define FINAL COMPLETED
#endif

#if USERS == 3
#define ALL(x) (x(0) && x(1) && x(2))
#else
#define ALL(x) (x(0) && x(1))
#endif
#define DECIDED(i) db.decided[i]
#define RESTORED(i) (db.expired[i] == 0 || db.reversal[i])

#ifdef MUTANT_UNRECONCILED
#define RECONCILED true
#else
#define RECONCILED ALL(DECIDED)
#endif
#ifdef MUTANT_UNREAD_REST
#define NOTHING_REMAINS true
#else
#define NOTHING_REMAINS ALL(RESTORED)
#endif
#if defined(MUTANT_NO_VERSION) || defined(MUTANT_POSITION_APART)
#define POSITION_FITS true
#else
#define POSITION_FITS db.position == u
#endif
#ifdef MUTANT_TWICE
#define ALREADY false
#else
#define ALREADY db.reinstatement[u]
#endif

mtype:status = { RUNNING, COMPLETED, UNDONE };

typedef Database {
  byte leaseToken;            /* credit_rollover_leases.token */
  bool leaseAlive;            /* its expires_at is in the future */
  byte token;                 /* credit_rollover_tokens.token: the one in force */
  mtype:status status;        /* of the live run */
  byte position;              /* restart position: users before it are decided */
  byte balance[USERS];
  bool decided[USERS];        /* an event of the run */
  byte expired[USERS];        /* what that event took */
  byte reinstated[USERS];     /* what a second look gave back */
  byte reversed[USERS];       /* what an undo gave back */
  bool reinstatement[USERS];  /* the event: unique by (reverses, action) */
  bool reversal[USERS];
  bool paid[USERS];           /* the late truth */
  byte bought[USERS];         /* the host's own books */
  byte spent[USERS]
};

Database db;
Database disk;

bool abandoned = false;       /* whoever held the lease died: it runs out */
bool dirty = false;           /* some commit has not reached the disk */
byte epoch = 0;               /* counts crashes: a transaction does not outlive one */
byte tokenLocks = 0;          /* chunks that hold the token's row, FOR SHARE */
byte rowHeldBy[USERS] = NOBODY;
byte faults = 0;
byte expiries = 0;

/* Ghosts: they change nothing. */
byte owner = NOBODY;          /* the process whose token is in force */
bool told = false;            /* a person was told that the month is complete */

inline copy(from, to) {
  to.leaseToken = from.leaseToken; to.leaseAlive = from.leaseAlive; to.token = from.token;
  to.status = from.status; to.position = from.position;
  for (c : 0 .. USERS - 1) {
    to.balance[c] = from.balance[c]; to.decided[c] = from.decided[c]; to.expired[c] = from.expired[c];
    to.reinstated[c] = from.reinstated[c]; to.reversed[c] = from.reversed[c];
    to.reinstatement[c] = from.reinstatement[c]; to.reversal[c] = from.reversal[c];
    to.paid[c] = from.paid[c]; to.bought[c] = from.bought[c]; to.spent[c] = from.spent[c]
  }
  c = 0
}

/* A synchronous commit: it and all commits before it reach the disk. */
inline flush() { copy(db, disk); dirty = false }

/* Conservation, for each user, at each commit. */
inline conserve(u) {
  assert(db.balance[u] + db.spent[u] + db.expired[u] == CREDITS + db.bought[u] + db.reinstated[u] + db.reversed[u]);
  assert(db.reinstated[u] + db.reversed[u] <= db.expired[u])
}

/* The transaction of a chunk begins: the token is locked and checked. */
inline beginChunk() {
  atomic {
    born = epoch;
    if
#ifdef MUTANT_UNCHECKED
    :: true -> tokenLocks++; open = true
#else
    :: db.token == mine && db.leaseToken == mine ->
#ifndef MUTANT_UNLOCKED
       tokenLocks++;
#endif
       open = true
    :: else -> open = false
#endif
    fi
  }
}

/* Whatever ends a transaction releases its locks. After a crash there are none. */
inline release() {
  if
  :: open && born == epoch ->
#ifndef MUTANT_UNLOCKED
     tokenLocks--;
#endif
     if :: row != NOBODY -> rowHeldBy[row] = NOBODY :: else fi
  :: else
  fi;
  row = NOBODY; open = false; born = 0; paid = false; paidAtLock = false
}

/* A process may be killed here. Within a transaction the place makes no difference: nothing of it remains. */
inline mayDie() {
  if
  :: true
  :: atomic { faults < FAULTS -> faults++; release(); died = true }
  fi
}

inline lockRow() {
  atomic {
    born != epoch || rowHeldBy[u] == NOBODY ->
    if
    :: born != epoch -> died = true
    :: else ->
       row = u; rowHeldBy[u] = me; paidAtLock = db.paid[u];
#ifndef MUTANT_EARLY_READ
       paid = db.paid[u]
#endif
    fi
  }
}

proctype Process(byte me) {
  byte mine = 0;              /* the token of this process; 0: none */
  byte born = 0;
  byte row = NOBODY;
  byte u = 0;
  byte give = 0;
  byte c = 0;
  bool open = false;
  bool died = false;
  bool paid = false;
  bool paidAtLock = false;
  bool undoing = false;
  byte tries = 0;

attempt:
  atomic {
    release();
    if :: mine > 0 && mine == db.leaseToken -> abandoned = true :: else fi;
    died = false; mine = 0; u = 0; give = 0; undoing = false
  };
#ifdef PROGRESS
  if :: db.status != RUNNING -> goto end :: else fi;
#else
  if :: tries == ATTEMPTS || db.status == FINAL -> goto end :: else -> tries++ fi;
  if :: undoing = false :: db.status == COMPLETED -> undoing = true fi;
#endif
  /* Takes a lease that has run out: a synchronous commit. */
  atomic {
    !db.leaseAlive ->
    db.leaseAlive = true; abandoned = false;
    if :: db.token > db.leaseToken -> db.leaseToken = db.token :: else fi;
    db.leaseToken++;
    mine = db.leaseToken;
#ifdef MUTANT_LEASE_ASYNC
    dirty = true
#else
    flush()
#endif
  };
  mayDie(); if :: died -> goto attempt :: else fi;
  /* Puts the token in force; waits for the chunk of the holder before. */
  atomic {
#ifdef MUTANT_NO_WAIT
    true ->
#else
    tokenLocks == 0 ->
#endif
    if
    :: db.token < mine -> db.token = mine; owner = me
    :: else -> mine = 0                     /* overtaken meanwhile */
    fi;
#ifdef MUTANT_LEASE_ASYNC
    dirty = true
#else
    flush()
#endif
  };
  if :: mine == 0 -> goto attempt :: else fi;
  if
  :: db.status == RUNNING -> goto decide
  :: db.status == COMPLETED && undoing -> goto undo
  :: db.status == COMPLETED && !undoing -> goto secondLook
  :: db.status == UNDONE -> goto done
  fi;

decide:
  u = db.position;                          /* from here on kept in memory */
  do
  :: u < USERS ->
     beginChunk();
     if :: !open -> goto attempt :: else fi;
#ifdef MUTANT_EARLY_READ
     paid = db.paid[u];
#endif
     lockRow();                             /* then the payments are read */
     if :: died -> goto attempt :: else fi;
     mayDie(); if :: died -> goto attempt :: else fi;
#ifdef MUTANT_POSITION_APART
     atomic { if :: born == epoch && db.position == u -> db.position = u + 1; dirty = true :: else -> died = true fi };
     if :: died -> goto attempt :: else fi;
     mayDie(); if :: died -> goto attempt :: else fi;
#endif
     /*
      * The commit: balance, event and position together; it does not wait for the disk. Spring Batch compares the
      * version of the step's row: after a crash it is an older one, and the attempt fails.
      */
     atomic {
       if
       :: born == epoch && POSITION_FITS ->
          assert(owner == me);              /* no commit after a lost lease */
          assert(!db.decided[u]);           /* no user is decided twice */
          assert(paid || !paidAtLock);      /* no expiry by a read before the lock */
          db.decided[u] = true;
          if
          :: paid
          :: else -> db.expired[u] = db.balance[u]; db.balance[u] = 0
          fi;
          db.position = u + 1;
          dirty = true;
          conserve(u);
          release()
       :: else -> died = true
       fi
     };
     if :: died -> goto attempt :: else fi;
     u++
  :: else -> break
  od;
  /* Reconciles and says COMPLETED: a synchronous commit under the token. */
  beginChunk();
  if :: !open -> goto attempt :: else fi;
  mayDie(); if :: died -> goto attempt :: else fi;
  atomic {
    if
    :: born == epoch && db.status == RUNNING && RECONCILED ->
       assert(owner == me);
       for (c : 0 .. USERS - 1) { assert(db.decided[c]) };
       c = 0;
       db.status = COMPLETED;
#ifdef MUTANT_STATUS_ASYNC
       dirty = true;
#else
       flush();
#endif
       told = true
    :: else
    fi;
    release()
  };
  goto done;

undo:
  u = 0;
  do
  :: u < USERS ->
     beginChunk();
     if :: !open -> goto attempt :: else fi;
     lockRow();
     if :: died -> goto attempt :: else fi;
     mayDie(); if :: died -> goto attempt :: else fi;
     atomic {
       if
       :: born == epoch && db.status == COMPLETED && db.expired[u] > 0 && !db.reversal[u] ->
          assert(owner == me);
#ifdef MUTANT_NO_SUBTRACT
          give = db.expired[u];
#else
          give = db.expired[u] - db.reinstated[u];
#endif
          db.balance[u] = db.balance[u] + give;
          db.reversed[u] = db.reversed[u] + give;
          db.reversal[u] = true; dirty = true;
          conserve(u)
       :: else -> if :: born != epoch -> died = true :: else fi
       fi;
       release(); give = 0
     };
     if :: died -> goto attempt :: else fi;
     u++
  :: else -> break
  od;
  beginChunk();
  if :: !open -> goto attempt :: else fi;
  /* Ends when nothing remains; a crash may have taken the last reversals along. */
  atomic {
    if
    :: born == epoch && db.status == COMPLETED && NOTHING_REMAINS ->
       assert(owner == me);
       for (c : 0 .. USERS - 1) { assert(db.expired[c] == 0 || db.reversal[c]) };
       c = 0;
       db.status = UNDONE; flush()
    :: else
    fi;
    release()
  };
  goto done;

secondLook:
  u = 0;
  do
  :: u < USERS ->
     beginChunk();
     if :: !open -> goto attempt :: else fi;
     lockRow();
     if :: died -> goto attempt :: else fi;
     mayDie(); if :: died -> goto attempt :: else fi;
     atomic {
       if
       :: born == epoch && db.status == COMPLETED && paid && db.expired[u] > 0 && !ALREADY ->
          assert(owner == me);
          give = db.expired[u] - db.reversed[u];
#ifdef MUTANT_SET
          db.balance[u] = give;
#else
          db.balance[u] = db.balance[u] + give;
#endif
          db.reinstated[u] = db.reinstated[u] + give;
          db.reinstatement[u] = true; dirty = true;
          conserve(u)
       :: else -> if :: born != epoch -> died = true :: else fi
       fi;
       release(); give = 0
     };
     if :: died -> goto attempt :: else fi;
     u++
  :: else -> break
  od;

done:
  /* Releases the lease, where it is still its own. */
  atomic { if :: db.leaseToken == mine -> db.leaseAlive = false; dirty = true :: else fi };
  goto attempt;

end:
  atomic { release(); mine = 0; u = 0 }
}

/* The host: it sells or spends, and a payment turns out to be paid. Its commits are synchronous. User 0 stands for all. */
proctype Host() {
  byte trades = 0;
  byte truths = 0;
  byte c = 0;
  do
  :: atomic {
       trades < TRADES && rowHeldBy[0] == NOBODY ->
       trades++;
       if
       :: db.balance[0] > 0 -> db.balance[0] = db.balance[0] - 1; db.spent[0] = db.spent[0] + 1
       :: db.balance[0] = db.balance[0] + 1; db.bought[0] = db.bought[0] + 1
       fi;
       conserve(0);
       flush()
     }
  :: atomic { truths < TRUTHS -> truths++; db.paid[0] = true; flush() }
  :: atomic { trades = TRADES; truths = TRUTHS; break }
  od
}

/* Time and the machines: the log reaches the disk; the database crashes; a lease runs out. */
active proctype World() {
  byte c = 0;
end:
  do
  :: atomic { dirty -> flush() }
  :: atomic {
       faults < FAULTS ->
       faults++; epoch++;
       copy(disk, db);
       dirty = false; tokenLocks = 0;
       abandoned = true;                    /* a release may be lost; any lease may run out */
       for (c : 0 .. USERS - 1) { rowHeldBy[c] = NOBODY };
       c = 0;
       assert(!told || db.status != RUNNING)   /* who was told of a complete month was told the truth */
     }
  :: atomic { db.leaseAlive && expiries < EXPIRIES -> expiries++; db.leaseAlive = false }
#ifndef MUTANT_IMMORTAL
  :: atomic { db.leaseAlive && abandoned -> db.leaseAlive = false }
#endif
  od
}

init {
  byte c = 0;
  atomic {
    for (c : 0 .. USERS - 1) { db.balance[c] = CREDITS };
#ifdef REVERSALS
    for (c : 0 .. USERS - 1) { db.balance[c] = 0; db.expired[c] = CREDITS; db.decided[c] = true };
    db.position = USERS; db.status = COMPLETED; told = true;
#else
    db.status = RUNNING;
#endif
    c = 0;
    copy(db, disk);
    run Process(0);
    run Process(1);
    run Host()
  }
}

#ifdef PROGRESS
/* A month that is retried ends. Needs weak fairness. */
ltl ends { <> (db.status == COMPLETED) }
#endif
